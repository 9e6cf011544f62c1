-- A PostgreSQL database with tables of version 3 and some readings, as pg_dump wrote
-- it (without functions, which are replaced).

SELECT pg_catalog.set_config('search_path', '', false);
CREATE TABLE public.clicktracker_access (
    reading bigint NOT NULL,
    key text NOT NULL COLLATE pg_catalog."C",
    issued timestamp with time zone NOT NULL,
    opened timestamp with time zone NOT NULL,
    seen timestamp with time zone NOT NULL,
    engaged bigint NOT NULL,
    depth integer NOT NULL,
    origin text NOT NULL COLLATE pg_catalog."C",
    url text NOT NULL COLLATE pg_catalog."C",
    ended boolean DEFAULT false NOT NULL,
    printed boolean DEFAULT false NOT NULL
)
PARTITION BY RANGE (issued);
CREATE TABLE public.clicktracker_access_2026_11 (
    reading bigint NOT NULL,
    key text NOT NULL COLLATE pg_catalog."C",
    issued timestamp with time zone NOT NULL,
    opened timestamp with time zone NOT NULL,
    seen timestamp with time zone NOT NULL,
    engaged bigint NOT NULL,
    depth integer NOT NULL,
    origin text NOT NULL COLLATE pg_catalog."C",
    url text NOT NULL COLLATE pg_catalog."C",
    ended boolean DEFAULT false NOT NULL,
    printed boolean DEFAULT false NOT NULL
);
CREATE TABLE public.clicktracker_access_2026_12 (
    reading bigint NOT NULL,
    key text NOT NULL COLLATE pg_catalog."C",
    issued timestamp with time zone NOT NULL,
    opened timestamp with time zone NOT NULL,
    seen timestamp with time zone NOT NULL,
    engaged bigint NOT NULL,
    depth integer NOT NULL,
    origin text NOT NULL COLLATE pg_catalog."C",
    url text NOT NULL COLLATE pg_catalog."C",
    ended boolean DEFAULT false NOT NULL,
    printed boolean DEFAULT false NOT NULL
);
CREATE TABLE public.clicktracker_access_2027_01 (
    reading bigint NOT NULL,
    key text NOT NULL COLLATE pg_catalog."C",
    issued timestamp with time zone NOT NULL,
    opened timestamp with time zone NOT NULL,
    seen timestamp with time zone NOT NULL,
    engaged bigint NOT NULL,
    depth integer NOT NULL,
    origin text NOT NULL COLLATE pg_catalog."C",
    url text NOT NULL COLLATE pg_catalog."C",
    ended boolean DEFAULT false NOT NULL,
    printed boolean DEFAULT false NOT NULL
);
CREATE TABLE public.clicktracker_access_default (
    reading bigint NOT NULL,
    key text NOT NULL COLLATE pg_catalog."C",
    issued timestamp with time zone NOT NULL,
    opened timestamp with time zone NOT NULL,
    seen timestamp with time zone NOT NULL,
    engaged bigint NOT NULL,
    depth integer NOT NULL,
    origin text NOT NULL COLLATE pg_catalog."C",
    url text NOT NULL COLLATE pg_catalog."C",
    ended boolean DEFAULT false NOT NULL,
    printed boolean DEFAULT false NOT NULL
);
CREATE TABLE public.clicktracker_document (
    id bigint NOT NULL,
    site integer NOT NULL,
    uid text NOT NULL COLLATE pg_catalog."C",
    identity text NOT NULL COLLATE pg_catalog."C",
    path text NOT NULL COLLATE pg_catalog."C",
    path_start text GENERATED ALWAYS AS (substr(path, 1, 500)) STORED COLLATE pg_catalog."C",
    path_at timestamp with time zone NOT NULL,
    title text NOT NULL COLLATE pg_catalog."C",
    title_at timestamp with time zone NOT NULL
);
ALTER TABLE public.clicktracker_document ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.clicktracker_document_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.clicktracker_reader (
    id bigint NOT NULL,
    site integer NOT NULL,
    folder text NOT NULL COLLATE pg_catalog."C",
    member text NOT NULL COLLATE pg_catalog."C",
    generation integer NOT NULL,
    name text NOT NULL COLLATE pg_catalog."C",
    name_at timestamp with time zone NOT NULL,
    name_key text NOT NULL COLLATE pg_catalog."C",
    id_key text NOT NULL COLLATE pg_catalog."C",
    retired timestamp with time zone
);
ALTER TABLE public.clicktracker_reader ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.clicktracker_reader_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.clicktracker_reading (
    id bigint NOT NULL,
    document bigint NOT NULL,
    version bigint NOT NULL,
    reader bigint NOT NULL,
    count bigint NOT NULL,
    first timestamp with time zone NOT NULL,
    last timestamp with time zone NOT NULL,
    engaged bigint NOT NULL,
    depth integer NOT NULL,
    cached bigint NOT NULL,
    newest timestamp with time zone DEFAULT '-infinity'::timestamp with time zone NOT NULL,
    oldest timestamp with time zone DEFAULT 'infinity'::timestamp with time zone NOT NULL,
    ended boolean DEFAULT false NOT NULL,
    printed boolean DEFAULT false NOT NULL,
    served_first timestamp with time zone,
    served_last timestamp with time zone
)
WITH (fillfactor='50');
ALTER TABLE public.clicktracker_reading ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.clicktracker_reading_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.clicktracker_reading_url (
    reading bigint NOT NULL,
    url_key text NOT NULL COLLATE pg_catalog."C",
    url text NOT NULL COLLATE pg_catalog."C",
    count bigint NOT NULL,
    first timestamp with time zone NOT NULL,
    last timestamp with time zone NOT NULL
)
WITH (fillfactor='70');
CREATE TABLE public.clicktracker_schema (
    single boolean DEFAULT true NOT NULL,
    version integer NOT NULL,
    adopted timestamp with time zone,
    CONSTRAINT clicktracker_schema_single_check CHECK (single)
);
CREATE TABLE public.clicktracker_site (
    id integer NOT NULL,
    uid text NOT NULL COLLATE pg_catalog."C"
);
ALTER TABLE public.clicktracker_site ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.clicktracker_site_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.clicktracker_version (
    id bigint NOT NULL,
    document bigint NOT NULL,
    label text NOT NULL COLLATE pg_catalog."C",
    digest text NOT NULL COLLATE pg_catalog."C",
    words integer NOT NULL,
    title text DEFAULT ''::text NOT NULL COLLATE pg_catalog."C",
    since timestamp with time zone NOT NULL
);
ALTER TABLE public.clicktracker_version ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.clicktracker_version_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
ALTER TABLE ONLY public.clicktracker_access ATTACH PARTITION public.clicktracker_access_2026_11 FOR VALUES FROM ('2026-11-01 00:00:00+00') TO ('2026-12-01 00:00:00+00');
ALTER TABLE ONLY public.clicktracker_access ATTACH PARTITION public.clicktracker_access_2026_12 FOR VALUES FROM ('2026-12-01 00:00:00+00') TO ('2027-01-01 00:00:00+00');
ALTER TABLE ONLY public.clicktracker_access ATTACH PARTITION public.clicktracker_access_2027_01 FOR VALUES FROM ('2027-01-01 00:00:00+00') TO ('2027-02-01 00:00:00+00');
ALTER TABLE ONLY public.clicktracker_access ATTACH PARTITION public.clicktracker_access_default DEFAULT;
INSERT INTO public.clicktracker_access_default VALUES (2, '00000000000000000000000000000001', '2026-01-01 12:00:00+00', '2026-01-01 12:00:00+00', '2026-01-01 12:00:00+00', 100, 0, 'page', '/doc', false, false);
INSERT INTO public.clicktracker_access_default VALUES (2, '00000000000000000000000000000002', '2026-01-01 12:00:00+00', '2026-01-01 12:00:00+00', '2026-01-01 12:00:00+00', 100, 0, 'page', '/doc', false, false);
INSERT INTO public.clicktracker_access_default VALUES (2, '00000000000000000000000000000003', '2026-01-01 12:00:00+00', '2026-01-01 12:00:00+00', '2026-01-01 12:00:00+00', 100, 0, 'page', '/doc', false, false);
INSERT INTO public.clicktracker_access_default VALUES (2, '00000000000000000000000000000004', '2026-01-01 12:00:00+00', '2026-01-01 12:00:00+00', '2026-01-01 12:00:00+00', 100, 0, 'page', '/doc', false, false);
INSERT INTO public.clicktracker_access_default VALUES (2, '00000000000000000000000000000005', '2026-01-01 12:00:00+00', '2026-01-01 12:00:00+00', '2026-01-01 12:00:00+00', 100, 0, 'page', '/doc', false, false);
INSERT INTO public.clicktracker_access_default VALUES (2, '00000000000000000000000000000006', '2026-01-01 12:00:00+00', '2026-01-01 12:00:00+00', '2026-01-01 12:00:00+00', 100, 0, 'page', '/doc', false, false);
INSERT INTO public.clicktracker_access_default VALUES (2, '00000000000000000000000000000007', '2026-01-01 12:00:00+00', '2026-01-01 12:00:00+00', '2026-01-01 12:00:00+00', 100, 0, 'page', '/doc', false, false);
INSERT INTO public.clicktracker_access_default VALUES (2, '00000000000000000000000000000008', '2026-01-01 12:00:00+00', '2026-01-01 12:00:00+00', '2026-01-01 12:00:00+00', 100, 0, 'page', '/doc', false, false);
INSERT INTO public.clicktracker_access_default VALUES (2, '00000000000000000000000000000009', '2026-01-01 12:00:00+00', '2026-01-01 12:00:00+00', '2026-01-01 12:00:00+00', 100, 0, 'page', '/doc', false, false);
INSERT INTO public.clicktracker_access_default VALUES (2, '0000000000000000000000000000000a', '2026-01-01 12:00:00+00', '2026-01-01 12:00:00+00', '2026-01-01 12:00:00+00', 100, 0, 'page', '/doc', false, false);
INSERT INTO public.clicktracker_access_default VALUES (2, '0000000000000000000000000000000b', '2026-01-01 12:00:00+00', '2026-01-01 12:00:00+00', '2026-01-01 12:00:00+00', 100, 0, 'page', '/doc', false, false);
INSERT INTO public.clicktracker_access_default VALUES (2, '0000000000000000000000000000000c', '2026-01-01 12:00:00+00', '2026-01-01 12:00:00+00', '2026-01-01 12:00:00+00', 100, 0, 'page', '/doc', false, false);
INSERT INTO public.clicktracker_access_default VALUES (2, '0000000000000000000000000000000d', '2026-01-01 12:00:00+00', '2026-01-01 12:00:00+00', '2026-01-01 12:00:00+00', 100, 0, 'page', '/doc', false, false);
INSERT INTO public.clicktracker_access_default VALUES (2, '0000000000000000000000000000000e', '2026-01-01 12:00:00+00', '2026-01-01 12:00:00+00', '2026-01-01 12:00:00+00', 100, 0, 'page', '/doc', false, false);
INSERT INTO public.clicktracker_access_default VALUES (2, '0000000000000000000000000000000f', '2026-01-01 12:00:00+00', '2026-01-01 12:00:00+00', '2026-01-01 12:00:00+00', 100, 0, 'page', '/doc', false, false);
INSERT INTO public.clicktracker_access_default VALUES (2, '00000000000000000000000000000010', '2026-01-01 12:00:00+00', '2026-01-01 12:00:00+00', '2026-01-01 12:00:00+00', 100, 0, 'page', '/doc', false, false);
INSERT INTO public.clicktracker_access_default VALUES (2, '00000000000000000000000000000011', '2026-01-01 12:00:00+00', '2026-01-01 12:00:00+00', '2026-01-01 12:00:00+00', 100, 0, 'page', '/doc', false, false);
INSERT INTO public.clicktracker_access_default VALUES (2, '00000000000000000000000000000012', '2026-01-01 12:00:00+00', '2026-01-01 12:00:00+00', '2026-01-01 12:00:00+00', 100, 0, 'page', '/doc', false, false);
INSERT INTO public.clicktracker_access_default VALUES (2, '00000000000000000000000000000013', '2026-01-01 12:00:00+00', '2026-01-01 12:00:00+00', '2026-01-01 12:00:00+00', 100, 0, 'page', '/doc', false, false);
INSERT INTO public.clicktracker_access_default VALUES (2, '00000000000000000000000000000014', '2026-01-01 12:00:00+00', '2026-01-01 12:00:00+00', '2026-01-01 12:00:00+00', 100, 0, 'page', '/doc', false, false);
INSERT INTO public.clicktracker_access_default VALUES (3, '0000000000000000000000000000001e', '2026-01-01 12:01:00+00', '2026-01-01 12:01:00+00', '2026-01-01 12:01:05+00', 0, 0, 'page', '/b', false, false);
INSERT INTO public.clicktracker_access_default VALUES (3, '0000000000000000000000000000001f', '2026-01-01 12:01:30+00', '2026-01-01 12:01:30+00', '2026-01-01 12:01:30+00', 0, 7, 'cache', '/doc', false, false);
INSERT INTO public.clicktracker_access_default VALUES (1, '00000000000000000000000000000020', '2026-01-01 12:00:30+00', '2026-01-01 12:00:30+00', '2026-01-01 12:00:30+00', 0, 0, 'page', '/old', false, false);
INSERT INTO public.clicktracker_access_default VALUES (4, '00000000000000000000000000000028', '2026-01-01 12:03:20+00', '2026-01-01 12:03:20+00', '2026-01-01 12:04:20+00', 4000, 0, 'page', '/other', false, false);
INSERT INTO public.clicktracker_access_default VALUES (4, '00000000000000000000000000000029', '2026-01-01 12:02:30+00', '2026-01-01 12:02:30+00', '2026-01-01 12:02:40+00', 9000, 0, 'page', '/other', false, false);
INSERT INTO public.clicktracker_access_default VALUES (5, '0000000000000000000000000000002a', '2026-01-01 12:05:00+00', '2026-01-01 12:05:00+00', '2026-01-01 12:05:20+00', 7000, 0, 'page', '/other', false, false);
INSERT INTO public.clicktracker_access_default VALUES (6, '0000000000000000000000000000003c', '2026-01-01 23:59:59+00', '2026-01-01 23:59:59+00', '2026-01-01 23:59:59+00', 0, 0, 'page', '/plan', false, false);
INSERT INTO public.clicktracker_access_default VALUES (6, '0000000000000000000000000000003d', '2026-01-02 00:00:00+00', '2026-01-02 00:00:00+00', '2026-01-02 00:00:00+00', 0, 0, 'page', '/plan', true, false);
INSERT INTO public.clicktracker_document OVERRIDING SYSTEM VALUE VALUES (1, 1, '', 'path:feb1585e98679c421287528e365a10ca6910e3f49254602d484a807052ee63a3', '/site/old', DEFAULT, '2026-01-01 12:00:30+00', '', '2026-01-01 12:00:30+00');
INSERT INTO public.clicktracker_document OVERRIDING SYSTEM VALUE VALUES (2, 1, 'uid-doc', 'uid-doc', '/site/doc', DEFAULT, '2026-01-01 12:01:30+00', 'Minutes', '2026-01-01 12:01:30+00');
INSERT INTO public.clicktracker_document OVERRIDING SYSTEM VALUE VALUES (4, 1, 'uid-plan', 'uid-plan', '/site/plan', DEFAULT, '2026-01-02 00:00:00+00', 'Plan', '2026-01-02 00:00:00+00');
INSERT INTO public.clicktracker_document OVERRIDING SYSTEM VALUE VALUES (3, 1, 'uid-other', 'uid-other', '/site/other', DEFAULT, '2026-01-01 12:06:40+00', 'Agenda', '2026-01-01 12:06:40+00');
INSERT INTO public.clicktracker_reader OVERRIDING SYSTEM VALUE VALUES (2, 1, '', 'bob', 1, '', '2026-01-02 00:00:00+00', 'bob', 'bob', NULL);
INSERT INTO public.clicktracker_reader OVERRIDING SYSTEM VALUE VALUES (3, 1, '', 'carol', 1, '', '2026-01-01 12:10:00+00', 'carol', 'carol', NULL);
INSERT INTO public.clicktracker_reader OVERRIDING SYSTEM VALUE VALUES (1, 1, '', 'alice', 1, 'Alice Anders', '2026-01-01 12:05:00+00', 'alice anders', 'alice', NULL);
INSERT INTO public.clicktracker_reading OVERRIDING SYSTEM VALUE VALUES (7, 4, 6, 3, 0, 'infinity', '-infinity', 0, 0, 0, '-infinity', 'infinity', false, false, '2026-01-01 12:10:00+00', '2026-01-01 12:10:00+00');
INSERT INTO public.clicktracker_reading OVERRIDING SYSTEM VALUE VALUES (1, 1, 1, 3, 1, '2026-01-01 12:00:30+00', '2026-01-01 12:00:30+00', 0, 0, 0, '2026-01-01 12:00:30+00', '2026-01-01 12:00:30+00', false, false, NULL, NULL);
INSERT INTO public.clicktracker_reading OVERRIDING SYSTEM VALUE VALUES (2, 2, 2, 1, 20, '2026-01-01 12:00:00+00', '2026-01-01 12:00:00+00', 2000, 0, 0, '2026-01-01 12:00:00+00', '2026-01-01 12:00:00+00', false, false, NULL, NULL);
INSERT INTO public.clicktracker_reading OVERRIDING SYSTEM VALUE VALUES (3, 2, 2, 2, 2, '2026-01-01 12:01:00+00', '2026-01-01 12:01:30+00', 0, 7, 1, '2026-01-01 12:01:30+00', '2026-01-01 12:01:00+00', false, false, NULL, NULL);
INSERT INTO public.clicktracker_reading OVERRIDING SYSTEM VALUE VALUES (4, 3, 3, 1, 2, '2026-01-01 12:02:30+00', '2026-01-01 12:04:20+00', 13000, 0, 0, '2026-01-01 12:03:20+00', '2026-01-01 12:02:30+00', false, false, NULL, NULL);
INSERT INTO public.clicktracker_reading OVERRIDING SYSTEM VALUE VALUES (5, 3, 4, 1, 1, '2026-01-01 12:05:00+00', '2026-01-01 12:05:20+00', 7000, 0, 0, '2026-01-01 12:05:00+00', '2026-01-01 12:05:00+00', false, false, NULL, NULL);
INSERT INTO public.clicktracker_reading OVERRIDING SYSTEM VALUE VALUES (6, 4, 5, 2, 2, '2026-01-01 23:59:59+00', '2026-01-02 00:00:00+00', 0, 0, 0, '2026-01-02 00:00:00+00', '2026-01-01 23:59:59+00', true, false, '2026-01-01 12:08:20+00', '2026-01-01 12:08:20+00');
INSERT INTO public.clicktracker_reading_url VALUES (3, 'baf62c0924b5c759261071067788b896', '/doc', 1, '2026-01-01 12:01:30+00', '2026-01-01 12:01:30+00');
INSERT INTO public.clicktracker_reading_url VALUES (2, 'baf62c0924b5c759261071067788b896', '/doc', 20, '2026-01-01 12:00:00+00', '2026-01-01 12:00:00+00');
INSERT INTO public.clicktracker_reading_url VALUES (3, '9812b0b9d61e09b927d03ff93f64530d', '/b', 1, '2026-01-01 12:01:00+00', '2026-01-01 12:01:05+00');
INSERT INTO public.clicktracker_reading_url VALUES (1, '6d69407ea481e45e054ea55374a52fdb', '/old', 1, '2026-01-01 12:00:30+00', '2026-01-01 12:00:30+00');
INSERT INTO public.clicktracker_reading_url VALUES (4, 'bf2faee2596026620b5cbc997c2d7d45', '/other', 2, '2026-01-01 12:02:30+00', '2026-01-01 12:04:20+00');
INSERT INTO public.clicktracker_reading_url VALUES (6, 'cb9d8d2551a25ce243a837153bc3cbb6', '/plan', 2, '2026-01-01 23:59:59+00', '2026-01-02 00:00:00+00');
INSERT INTO public.clicktracker_reading_url VALUES (5, 'bf2faee2596026620b5cbc997c2d7d45', '/other', 1, '2026-01-01 12:05:00+00', '2026-01-01 12:05:20+00');
INSERT INTO public.clicktracker_schema VALUES (true, 3, NULL);
INSERT INTO public.clicktracker_site OVERRIDING SYSTEM VALUE VALUES (1, 'site');
INSERT INTO public.clicktracker_version OVERRIDING SYSTEM VALUE VALUES (1, 1, '', '', 0, '', '2026-01-01 12:00:30+00');
INSERT INTO public.clicktracker_version OVERRIDING SYSTEM VALUE VALUES (2, 2, '', '', 0, '', '2026-01-01 12:00:00+00');
INSERT INTO public.clicktracker_version OVERRIDING SYSTEM VALUE VALUES (3, 3, '1', '', 0, '', '2026-01-01 12:02:30+00');
INSERT INTO public.clicktracker_version OVERRIDING SYSTEM VALUE VALUES (4, 3, '2', '', 0, '', '2026-01-01 12:05:00+00');
INSERT INTO public.clicktracker_version OVERRIDING SYSTEM VALUE VALUES (5, 4, '1', 'd1', 7, '', '2026-01-01 12:08:20+00');
INSERT INTO public.clicktracker_version OVERRIDING SYSTEM VALUE VALUES (6, 4, '2', 'd2', 8, '', '2026-01-01 12:10:00+00');
INSERT INTO public.clicktracker_version OVERRIDING SYSTEM VALUE VALUES (7, 3, '3', '', 0, '', '2026-01-01 12:06:40+00');
SELECT pg_catalog.setval('public.clicktracker_document_id_seq', 4, true);
SELECT pg_catalog.setval('public.clicktracker_reader_id_seq', 4, true);
SELECT pg_catalog.setval('public.clicktracker_reading_id_seq', 8, true);
SELECT pg_catalog.setval('public.clicktracker_site_id_seq', 1, true);
SELECT pg_catalog.setval('public.clicktracker_version_id_seq', 7, true);
ALTER TABLE ONLY public.clicktracker_access
    ADD CONSTRAINT clicktracker_access_pkey PRIMARY KEY (reading, issued, key);
ALTER TABLE ONLY public.clicktracker_access_2026_11
    ADD CONSTRAINT clicktracker_access_2026_11_pkey PRIMARY KEY (reading, issued, key);
ALTER TABLE ONLY public.clicktracker_access_2026_12
    ADD CONSTRAINT clicktracker_access_2026_12_pkey PRIMARY KEY (reading, issued, key);
ALTER TABLE ONLY public.clicktracker_access_2027_01
    ADD CONSTRAINT clicktracker_access_2027_01_pkey PRIMARY KEY (reading, issued, key);
ALTER TABLE ONLY public.clicktracker_access_default
    ADD CONSTRAINT clicktracker_access_default_pkey PRIMARY KEY (reading, issued, key);
ALTER TABLE ONLY public.clicktracker_document
    ADD CONSTRAINT clicktracker_document_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.clicktracker_document
    ADD CONSTRAINT clicktracker_document_site_identity_key UNIQUE (site, identity);
ALTER TABLE ONLY public.clicktracker_reader
    ADD CONSTRAINT clicktracker_reader_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.clicktracker_reader
    ADD CONSTRAINT clicktracker_reader_site_folder_member_generation_key UNIQUE (site, folder, member, generation);
ALTER TABLE ONLY public.clicktracker_reading
    ADD CONSTRAINT clicktracker_reading_document_reader_version_key UNIQUE (document, reader, version);
ALTER TABLE ONLY public.clicktracker_reading
    ADD CONSTRAINT clicktracker_reading_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.clicktracker_reading_url
    ADD CONSTRAINT clicktracker_reading_url_pkey PRIMARY KEY (reading, url_key);
ALTER TABLE ONLY public.clicktracker_schema
    ADD CONSTRAINT clicktracker_schema_pkey PRIMARY KEY (single);
ALTER TABLE ONLY public.clicktracker_site
    ADD CONSTRAINT clicktracker_site_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.clicktracker_site
    ADD CONSTRAINT clicktracker_site_uid_key UNIQUE (uid);
ALTER TABLE ONLY public.clicktracker_version
    ADD CONSTRAINT clicktracker_version_document_label_digest_key UNIQUE (document, label, digest);
ALTER TABLE ONLY public.clicktracker_version
    ADD CONSTRAINT clicktracker_version_pkey PRIMARY KEY (id);
CREATE INDEX clicktracker_document_place ON public.clicktracker_document USING btree (path_start);
CREATE UNIQUE INDEX clicktracker_reader_current ON public.clicktracker_reader USING btree (site, folder, member) WHERE (retired IS NULL);
CREATE INDEX clicktracker_reading_reader ON public.clicktracker_reading USING btree (reader, document);
ALTER INDEX public.clicktracker_access_pkey ATTACH PARTITION public.clicktracker_access_2026_11_pkey;
ALTER INDEX public.clicktracker_access_pkey ATTACH PARTITION public.clicktracker_access_2026_12_pkey;
ALTER INDEX public.clicktracker_access_pkey ATTACH PARTITION public.clicktracker_access_2027_01_pkey;
ALTER INDEX public.clicktracker_access_pkey ATTACH PARTITION public.clicktracker_access_default_pkey;
ALTER TABLE ONLY public.clicktracker_document
    ADD CONSTRAINT clicktracker_document_site_fkey FOREIGN KEY (site) REFERENCES public.clicktracker_site(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.clicktracker_reader
    ADD CONSTRAINT clicktracker_reader_site_fkey FOREIGN KEY (site) REFERENCES public.clicktracker_site(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.clicktracker_version
    ADD CONSTRAINT clicktracker_version_document_fkey FOREIGN KEY (document) REFERENCES public.clicktracker_document(id) ON DELETE CASCADE;
