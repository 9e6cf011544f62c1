-- The tables of slc.clicktracker 0.4 as sites have them: general names, times
-- without zone, and a logclick that looks first and inserts then.

CREATE SEQUENCE document_id_seq;

CREATE TABLE document (
    id integer NOT NULL DEFAULT nextval('document_id_seq') PRIMARY KEY,
    path character varying(1024) NOT NULL UNIQUE
);

CREATE SEQUENCE click_id_seq;

CREATE TABLE click (
    id integer NOT NULL DEFAULT nextval('click_id_seq') PRIMARY KEY,
    member character varying(255) NOT NULL,
    count integer NOT NULL DEFAULT 0,
    lastaccess timestamp without time zone,
    document integer NOT NULL REFERENCES document (id) ON DELETE CASCADE,
    url character varying(1024) NOT NULL,
    UNIQUE (member, document, url)
);

CREATE FUNCTION logclick(
    who character varying, place character varying, address character varying
) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
    found_document integer;
BEGIN
    SELECT id INTO found_document FROM document WHERE path = place;
    IF NOT FOUND THEN
        INSERT INTO document (path) VALUES (place) RETURNING id INTO found_document;
    END IF;
    UPDATE click SET count = count + 1, lastaccess = now()
    WHERE member = who AND document = found_document AND url = address;
    IF NOT FOUND THEN
        INSERT INTO click (member, count, lastaccess, document, url)
        VALUES (who, 1, now(), found_document, address);
    END IF;
    RETURN FOUND;
END
$$;
