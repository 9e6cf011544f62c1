-- Everything that slc.clicktracker keeps in PostgreSQL (13 or newer).
--
--     psql -v ON_ERROR_STOP=1 -f sql/db.sql "dbname=tracking"
--
-- Load it into an empty database, into one with the tables of 0.4, or again
-- into one that is set up: it brings all of them to the same state, whole or
-- not at all. The role needs CREATE on the schema and becomes the owner; the
-- role that Plone uses may be another one with fewer rights, see grants.sql.
-- "Set up database" in the control panel executes this very file, so it has no
-- psql commands.
--
-- Names: everything begins with clicktracker_, in the first schema of the
-- search_path; only logclick has the name that it had in 0.4.
--
-- Changing the tables later: raise the number in section 1, change section 2, which is
-- for new databases, and put one block for each number between them, for the others,
--     DO $$ BEGIN IF (SELECT version FROM clicktracker_schema) < 8 THEN
--         ALTER TABLE ...; UPDATE clicktracker_schema SET version = 8;
--     END IF; END $$;
-- A test compares the two ways. Functions have no history: they are replaced each time.

BEGIN;

SET LOCAL client_min_messages = warning;

-- 1. What is here already -----------------------------------------------------

DO $$
BEGIN
    -- Two who set up at once: the second one waits, and finds it done.
    PERFORM pg_advisory_xact_lock(5459011, 0);
    IF current_setting('server_encoding') <> 'UTF8' THEN
        RAISE EXCEPTION 'slc.clicktracker needs a database with the encoding UTF8, not %',
            current_setting('server_encoding');
    END IF;
    IF current_schema() IS NULL THEN
        RAISE EXCEPTION 'no schema of the search_path exists: %',
            current_setting('search_path');
    END IF;
END
$$;

CREATE TABLE IF NOT EXISTS clicktracker_schema (
    single boolean PRIMARY KEY DEFAULT true CHECK (single),
    version integer NOT NULL,
    adopted timestamptz
);

COMMENT ON COLUMN clicktracker_schema.adopted IS
    'when the clicks of 0.4 were taken over; they are never taken twice';

INSERT INTO clicktracker_schema (version) VALUES (7) ON CONFLICT DO NOTHING;

DO $$
DECLARE
    found integer := (SELECT version FROM clicktracker_schema);
BEGIN
    IF found > 7 THEN
        RAISE EXCEPTION 'a newer slc.clicktracker has set up this database '
            '(tables %, this file has 7): update the package first', found;
    END IF;
    IF found < 7 THEN
        RAISE EXCEPTION 'a development version of slc.clicktracker has set up this '
            'database (tables %, this file has 7), and no release knows its tables: '
            'drop those that begin with clicktracker_, or use another database', found;
    END IF;
END
$$;

-- 2. Tables ---------------------------------------------------------------------
-- Text that is compared or sorted is COLLATE "C", so that all databases give
-- the same answers, whatever collation they were created with.

CREATE TABLE IF NOT EXISTS clicktracker_site (
    id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    uid text COLLATE "C" NOT NULL UNIQUE
);

-- identity: the UID, or 'path:' and a hash for what is known by path only.
-- path_start: what of the path is in an index; a row of an index ends at 2,700
-- bytes. path_at, title_at: when the newest ticket was issued that said so,
-- because batches arrive in any order.
CREATE TABLE IF NOT EXISTS clicktracker_document (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    site integer NOT NULL REFERENCES clicktracker_site ON DELETE CASCADE,
    uid text COLLATE "C" NOT NULL,
    identity text COLLATE "C" NOT NULL,
    path text COLLATE "C" NOT NULL,
    path_start text COLLATE "C" GENERATED ALWAYS AS (substr(path, 1, 500)) STORED,
    path_at timestamptz NOT NULL,
    title text COLLATE "C" NOT NULL,
    title_at timestamptz NOT NULL,
    UNIQUE (site, identity)
);

-- Without the site: a planner that has seen small tables only might use it to
-- look for an identity among all documents of the site.
CREATE INDEX IF NOT EXISTS clicktracker_document_place
    ON clicktracker_document (path_start);

-- A version is a label and a digest. since: when its earliest ticket was issued.
CREATE TABLE IF NOT EXISTS clicktracker_version (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    document bigint NOT NULL REFERENCES clicktracker_document ON DELETE CASCADE,
    label text COLLATE "C" NOT NULL,
    digest text COLLATE "C" NOT NULL,
    words integer NOT NULL,
    title text COLLATE "C" NOT NULL DEFAULT '',
    since timestamptz NOT NULL,
    UNIQUE (document, label, digest)
);

-- A reader is an account: an id that is given again after a deletion is a new
-- generation. The keys are folded by Python (storage/folding.py), which knows all of
-- Unicode.
CREATE TABLE IF NOT EXISTS clicktracker_reader (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    site integer NOT NULL REFERENCES clicktracker_site ON DELETE CASCADE,
    folder text COLLATE "C" NOT NULL,
    member text COLLATE "C" NOT NULL,
    generation integer NOT NULL,
    name text COLLATE "C" NOT NULL,
    name_at timestamptz NOT NULL,
    name_key text COLLATE "C" NOT NULL,
    id_key text COLLATE "C" NOT NULL,
    retired timestamptz,
    UNIQUE (site, folder, member, generation)
);

CREATE UNIQUE INDEX IF NOT EXISTS clicktracker_reader_current
    ON clicktracker_reader (site, folder, member) WHERE retired IS NULL;

-- From here on there are no foreign keys: checking them takes half of the time of
-- recording. What they would guard against is kept out by the lock of
-- the site, which every function and statement takes (see section 3); who deletes
-- by hand deletes from clicktracker_access upwards.
--
-- oldest and newest are when the oldest and the newest ticket of the accesses was
-- issued: what is newer still need not be looked up. served_first and served_last are
-- when the first and the last was that was noted as served, downloaded_first and
-- downloaded_last when a file was delivered for the first and the last time. With count
-- 0, which is served and never called back, or downloaded, first, last and oldest are
-- placeholders. acknowledged and attested are when that was, as long as it stands: the last
-- rows of clicktracker_acknowledgement decide. engaged is the sum over the tickets: with the views of one ticket together
-- nobody was engaged for longer than from its issue until the last of them was seen.
--
-- The key has with it what tells whether anything was read, so that who read a folder
-- is found in the index alone: the readings of a document lie far apart in the table.
-- Half of a page is left free for the new states of its rows, of which a large batch
-- writes many at once; then the indexes stay as they are.
CREATE TABLE IF NOT EXISTS clicktracker_reading (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    document bigint NOT NULL,
    version bigint NOT NULL,
    reader bigint NOT NULL,
    count bigint NOT NULL,
    first timestamptz NOT NULL,
    last timestamptz NOT NULL,
    engaged bigint NOT NULL,
    depth integer NOT NULL,
    cached bigint NOT NULL,
    newest timestamptz NOT NULL DEFAULT '-infinity',
    oldest timestamptz NOT NULL DEFAULT 'infinity',
    marks smallint NOT NULL DEFAULT 0,
    served_first timestamptz,
    served_last timestamptz,
    downloaded_first timestamptz,
    downloaded_last timestamptz,
    acknowledged timestamptz,
    attested timestamptz,
    CONSTRAINT clicktracker_reading_key UNIQUE (document, reader, version)
        INCLUDE (oldest, downloaded_first, acknowledged, attested)
) WITH (fillfactor = 50);

-- With the document, so that a planner who takes it for the unique one does no
-- harm, see above.
CREATE INDEX IF NOT EXISTS clicktracker_reading_reader
    ON clicktracker_reading (reader, document);

CREATE TABLE IF NOT EXISTS clicktracker_reading_url (
    reading bigint NOT NULL,
    url_key text COLLATE "C" NOT NULL,
    url text COLLATE "C" NOT NULL,
    count bigint NOT NULL,
    first timestamptz NOT NULL,
    last timestamptz NOT NULL,
    PRIMARY KEY (reading, url_key)
) WITH (fillfactor = 70);

-- By month of the ticket, so that old months can be dropped in a moment. The
-- default partition takes what has no month: a late or a much too early clock. The
-- ticket comes first in the key: how many accesses of it there are is asked before more
-- are recorded.
CREATE TABLE IF NOT EXISTS clicktracker_access (
    reading bigint NOT NULL,
    key text COLLATE "C" NOT NULL,
    issued timestamptz NOT NULL,
    opened timestamptz NOT NULL,
    seen timestamptz NOT NULL,
    engaged bigint NOT NULL,
    depth integer NOT NULL,
    origin text COLLATE "C" NOT NULL,
    url text COLLATE "C" NOT NULL,
    marks smallint NOT NULL DEFAULT 0,
    PRIMARY KEY (reading, issued, key)
) PARTITION BY RANGE (issued);

CREATE TABLE IF NOT EXISTS clicktracker_access_default
    PARTITION OF clicktracker_access DEFAULT;

-- The accesses of a document by the day (UTC) on which their tickets were issued. This
-- stays when the partitions of old months are dropped.
CREATE TABLE IF NOT EXISTS clicktracker_day (
    document bigint NOT NULL,
    day date NOT NULL,
    accesses bigint NOT NULL,
    PRIMARY KEY (document, day)
) WITH (fillfactor = 70);

-- What visitors saw, whether or not it is tracked: pages by UID and address, with the
-- latest title that was told. url_key stands for the address, which may be too long for an
-- index.
CREATE TABLE IF NOT EXISTS clicktracker_page (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    site integer NOT NULL REFERENCES clicktracker_site ON DELETE CASCADE,
    uid text COLLATE "C" NOT NULL,
    url_key text COLLATE "C" NOT NULL,
    url text COLLATE "C" NOT NULL,
    title text COLLATE "C" NOT NULL,
    title_at timestamptz NOT NULL,
    UNIQUE (site, url_key, uid)
);

CREATE INDEX IF NOT EXISTS clicktracker_page_uid
    ON clicktracker_page (site, uid) WHERE uid <> '';

-- What browsers call themselves, each once for all sites, and what they are, which
-- Python finds out when one is seen for the first time (storage/visits/agent.py).
CREATE TABLE IF NOT EXISTS clicktracker_agent (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    agent text COLLATE "C" NOT NULL UNIQUE,
    browser text COLLATE "C" NOT NULL,
    system text COLLATE "C" NOT NULL,
    device text COLLATE "C" NOT NULL
);

-- A visit is a run of page views of one session. Which these are is decided by Python
-- (storage/visits/runs.py), so all of it could be made anew from clicktracker_view. It
-- does not need the page views, though: they may be removed earlier. key is that of the
-- first one; address, agent, referrer and source are its as well. reader is whose visit
-- it is, null for guests. is_over says that the visitor has logged out. day is the one of
-- the start, by the site's clock: days since 1970.
CREATE TABLE IF NOT EXISTS clicktracker_visit (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    site integer NOT NULL,
    key text COLLATE "C" NOT NULL,
    session text COLLATE "C" NOT NULL,
    start timestamptz NOT NULL,
    last timestamptz NOT NULL,
    day integer NOT NULL,
    pages bigint NOT NULL,
    whole timestamptz,
    address text COLLATE "C" NOT NULL,
    referrer text COLLATE "C" NOT NULL,
    source text COLLATE "C" NOT NULL,
    is_over boolean NOT NULL,
    entry_page bigint NOT NULL,
    exit_page bigint NOT NULL,
    agent bigint NOT NULL,
    reader bigint,
    UNIQUE (site, key)
) WITH (fillfactor = 80);

-- The latest activity on a site, who is there now, and whether that is a member.
CREATE INDEX IF NOT EXISTS clicktracker_visit_last
    ON clicktracker_visit (site, last DESC, reader);

-- Without the site, as above.
CREATE INDEX IF NOT EXISTS clicktracker_visit_session
    ON clicktracker_visit (session, start);

-- On which days was somebody there? Guests are found by their session.
CREATE INDEX IF NOT EXISTS clicktracker_visit_reader
    ON clicktracker_visit (reader, day) WHERE reader IS NOT NULL;

-- Does a visit refer to it? So nobody has to look at all of them.
CREATE INDEX IF NOT EXISTS clicktracker_visit_entry ON clicktracker_visit (entry_page);

CREATE INDEX IF NOT EXISTS clicktracker_visit_exit ON clicktracker_visit (exit_page);

CREATE INDEX IF NOT EXISTS clicktracker_visit_agent ON clicktracker_visit (agent);

CREATE INDEX IF NOT EXISTS clicktracker_visit_whole
    ON clicktracker_visit (site, whole) WHERE whole IS NOT NULL;

-- A page view, or a log-out (is_exit), which is kept as pages that it is about may arrive
-- later. reader is who was there, null for guests. visit is the one that it is part of,
-- or that the log-out ended, and latest the latest activity of that until then, so that
-- what follows can be decided from there. Those without a session are part of no visit:
-- alone is when the last activity was of such a page view. (Both change often, so latest
-- is in no index.) whole is at, and start of a visit, while its address was not shortened.
-- gap is in microseconds, and so is ahead: how far the site's clock was ahead of UTC.
CREATE TABLE IF NOT EXISTS clicktracker_view (
    site integer NOT NULL,
    key text COLLATE "C" NOT NULL,
    session text COLLATE "C" NOT NULL,
    at timestamptz NOT NULL,
    seen timestamptz NOT NULL,
    latest timestamptz,
    alone timestamptz,
    whole timestamptz,
    engaged bigint NOT NULL,
    gap bigint NOT NULL,
    ahead bigint NOT NULL,
    address text COLLATE "C" NOT NULL,
    referrer text COLLATE "C" NOT NULL,
    query text COLLATE "C" NOT NULL,
    method text COLLATE "C" NOT NULL,
    status integer NOT NULL,
    source text COLLATE "C" NOT NULL,
    is_exit boolean NOT NULL,
    page bigint NOT NULL,
    agent bigint NOT NULL,
    reader bigint,
    visit bigint,
    PRIMARY KEY (site, key)
) WITH (fillfactor = 80);

CREATE INDEX IF NOT EXISTS clicktracker_view_at
    ON clicktracker_view (site, at DESC) WHERE NOT is_exit;

CREATE INDEX IF NOT EXISTS clicktracker_view_session
    ON clicktracker_view (session, at) WHERE session <> '';

-- Who is there without a session.
CREATE INDEX IF NOT EXISTS clicktracker_view_alone
    ON clicktracker_view (site, alone) WHERE alone IS NOT NULL;

CREATE INDEX IF NOT EXISTS clicktracker_view_page
    ON clicktracker_view (page, at, visit) WHERE NOT is_exit;

-- Has a visit seen a page before?
CREATE INDEX IF NOT EXISTS clicktracker_view_visit
    ON clicktracker_view (visit, page, at) WHERE visit IS NOT NULL AND NOT is_exit;

CREATE INDEX IF NOT EXISTS clicktracker_view_reader
    ON clicktracker_view (reader, at) WHERE reader IS NOT NULL;

CREATE INDEX IF NOT EXISTS clicktracker_view_agent ON clicktracker_view (agent);

CREATE INDEX IF NOT EXISTS clicktracker_view_whole
    ON clicktracker_view (site, whole) WHERE whole IS NOT NULL;

-- Since when page views, and those that are part of visits, are kept: what is older was
-- removed, and is not recorded any more when it arrives. readings_from is the same for
-- accesses, by the times of their tickets, whatever of their readings was removed. All
-- single accesses from before accesses_from are gone.
CREATE TABLE IF NOT EXISTS clicktracker_kept (
    site integer PRIMARY KEY,
    views_from timestamptz,
    visits_from timestamptz,
    readings_from timestamptz,
    accesses_from timestamptz
);

-- Who was forgotten, and when: what of them arrives later, and was on its way before, is not
-- recorded. account is a checksum (storage/keys.py), so that nobody is named.
CREATE TABLE IF NOT EXISTS clicktracker_forgotten (
    site integer NOT NULL REFERENCES clicktracker_site ON DELETE CASCADE,
    account text COLLATE "C" NOT NULL,
    forgotten timestamptz NOT NULL,
    PRIMARY KEY (site, account)
);

CREATE INDEX IF NOT EXISTS clicktracker_forgotten_when
    ON clicktracker_forgotten (site, forgotten);

-- What members did who are followed for a stated purpose, and those of a sample; see
-- storage/events/model.py. occurred is in microseconds since 1970, in UTC.
CREATE TABLE IF NOT EXISTS clicktracker_event (
    site integer NOT NULL REFERENCES clicktracker_site ON DELETE CASCADE,
    key text COLLATE "C" NOT NULL,
    member text COLLATE "C" NOT NULL,
    cohort text COLLATE "C" NOT NULL,
    kind text COLLATE "C" NOT NULL,
    occurred bigint NOT NULL,
    document text COLLATE "C" NOT NULL,
    path text COLLATE "C" NOT NULL,
    portal_type text COLLATE "C" NOT NULL,
    detail text COLLATE "C" NOT NULL,
    data text COLLATE "C" NOT NULL,
    PRIMARY KEY (site, key)
);

CREATE INDEX IF NOT EXISTS clicktracker_event_member
    ON clicktracker_event (site, member, occurred, key);

CREATE INDEX IF NOT EXISTS clicktracker_event_occurred
    ON clicktracker_event (site, occurred);

-- Which goals a reader may have reached with what a version of a document showed (its digest,
-- or its label where it has none): since when that is known, and when it was reached, NULL
-- until then.
CREATE TABLE IF NOT EXISTS clicktracker_goal (
    document bigint NOT NULL REFERENCES clicktracker_document ON DELETE CASCADE,
    reader bigint NOT NULL REFERENCES clicktracker_reader ON DELETE CASCADE,
    text text COLLATE "C" NOT NULL,
    goal text COLLATE "C" NOT NULL,
    site integer NOT NULL,
    since timestamptz NOT NULL,
    reached timestamptz,
    PRIMARY KEY (document, reader, text, goal)
);

CREATE INDEX IF NOT EXISTS clicktracker_goal_reader
    ON clicktracker_goal (reader, goal, reached, since);

CREATE INDEX IF NOT EXISTS clicktracker_goal_site
    ON clicktracker_goal (site, goal, reader, since, reached);

-- Who was first shown which version of a split when. Members are known by their ids, as those
-- of events are: what is known of an account goes with it.
CREATE TABLE IF NOT EXISTS clicktracker_exposure (
    site integer NOT NULL REFERENCES clicktracker_site ON DELETE CASCADE,
    split text COLLATE "C" NOT NULL,
    folder text COLLATE "C" NOT NULL,
    member text COLLATE "C" NOT NULL,
    variant text COLLATE "C" NOT NULL,
    since timestamptz NOT NULL,
    PRIMARY KEY (site, split, folder, member, variant)
);

CREATE INDEX IF NOT EXISTS clicktracker_exposure_member
    ON clicktracker_exposure (site, member);

-- What readers say by which they acknowledge a text, each sentence once. sentence_key stands
-- for it, as it may be too long for an index.
CREATE TABLE IF NOT EXISTS clicktracker_sentence (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    site integer NOT NULL REFERENCES clicktracker_site ON DELETE CASCADE,
    sentence_key text COLLATE "C" NOT NULL,
    language text COLLATE "C" NOT NULL,
    sentence text COLLATE "C" NOT NULL,
    UNIQUE (site, sentence_key, language)
);

-- That a reader has acknowledged a version (kind 0), or that somebody vouches for the reader
-- (1); or that this does not stand any more. Rows are only added: of a document, a reader, a
-- text and a kind the last one counts. They go with the reader. Whoever vouched is
-- known by the id, as that may be no reader, and is left out once forgotten.
CREATE TABLE IF NOT EXISTS clicktracker_acknowledgement (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    site integer NOT NULL REFERENCES clicktracker_site ON DELETE CASCADE,
    key text COLLATE "C" NOT NULL,
    document bigint NOT NULL REFERENCES clicktracker_document ON DELETE CASCADE,
    version bigint NOT NULL,
    reader bigint NOT NULL REFERENCES clicktracker_reader ON DELETE CASCADE,
    kind smallint NOT NULL,
    at timestamptz NOT NULL,
    by_folder text COLLATE "C" NOT NULL,
    by_member text COLLATE "C" NOT NULL,
    by_name text COLLATE "C" NOT NULL,
    sentence bigint REFERENCES clicktracker_sentence,
    way text COLLATE "C" NOT NULL,
    why text COLLATE "C" NOT NULL,
    asked_again boolean NOT NULL,
    is_withdrawn boolean NOT NULL,
    UNIQUE (site, key)
);

CREATE INDEX IF NOT EXISTS clicktracker_acknowledgement_document
    ON clicktracker_acknowledgement (document, reader);

CREATE INDEX IF NOT EXISTS clicktracker_acknowledgement_reader
    ON clicktracker_acknowledgement (reader);

CREATE INDEX IF NOT EXISTS clicktracker_acknowledgement_by
    ON clicktracker_acknowledgement (site, by_member);

-- Texts that visits are counted by: the hosts of other sites, browsers, systems, devices.
CREATE TABLE IF NOT EXISTS clicktracker_word (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    site integer NOT NULL REFERENCES clicktracker_site ON DELETE CASCADE,
    word text COLLATE "C" NOT NULL,
    UNIQUE (site, word)
);

-- How much there was of what, for the statistics of visits. Python adds to it whenever page
-- views are recorded (storage/visits/sums.py has the kinds, and what thing is for each of
-- them), and it stays when page views and visits are removed. It could not be made anew
-- from these. span is 0 for the sums of a day, 1 for those of a month, by its first day:
-- days since 1970 by the site's clock. time is in milliseconds. visits and views are
-- integers, as these are added up twice as fast.
CREATE TABLE IF NOT EXISTS clicktracker_sum (
    site integer NOT NULL,
    kind smallint NOT NULL,
    span smallint NOT NULL,
    day integer NOT NULL,
    thing bigint NOT NULL,
    visits integer NOT NULL,
    views integer NOT NULL,
    time bigint NOT NULL,
    PRIMARY KEY (site, kind, span, day, thing)
) WITH (fillfactor = 70);

-- Do sums refer to it? Those of a day are also those of a month.
CREATE INDEX IF NOT EXISTS clicktracker_sum_thing
    ON clicktracker_sum (thing, kind) WHERE span = 1 AND kind < 8;

-- The outbox: what services for web analytics are to be told, one row for each page view
-- and service. state: 0 waits, 1 is being sent, 2 was set aside for a reason, 3 was counted
-- or given up: then nothing is known of it but key and time, so that it is not sent again.
-- content is JSON; folder and member are for who has to be forgotten.
CREATE TABLE IF NOT EXISTS clicktracker_hit (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    site integer NOT NULL REFERENCES clicktracker_site ON DELETE CASCADE,
    service text COLLATE "C" NOT NULL,
    key text COLLATE "C" NOT NULL,
    at timestamptz NOT NULL,
    state smallint NOT NULL,
    folder text COLLATE "C" NOT NULL,
    member text COLLATE "C" NOT NULL,
    content text NOT NULL,
    reason text COLLATE "C" NOT NULL,
    UNIQUE (key, service, site)
);

CREATE INDEX IF NOT EXISTS clicktracker_hit_waiting
    ON clicktracker_hit (site, service, at, key) WHERE state = 0;

CREATE INDEX IF NOT EXISTS clicktracker_hit_sending
    ON clicktracker_hit (site, service) WHERE state = 1;

CREATE INDEX IF NOT EXISTS clicktracker_hit_aside
    ON clicktracker_hit (site, service, reason, at) WHERE state = 2;

CREATE INDEX IF NOT EXISTS clicktracker_hit_at ON clicktracker_hit (site, at);

CREATE INDEX IF NOT EXISTS clicktracker_hit_member
    ON clicktracker_hit (site, member) WHERE member <> '';

-- How sending to a service is: who does it (claim, until), and when it is tried again (due)
-- after so many failures. sent is how many hits it has counted, the last of them at last.
CREATE TABLE IF NOT EXISTS clicktracker_service (
    site integer NOT NULL REFERENCES clicktracker_site ON DELETE CASCADE,
    service text COLLATE "C" NOT NULL,
    claim text COLLATE "C" NOT NULL DEFAULT '',
    until timestamptz,
    failures integer NOT NULL DEFAULT 0,
    due timestamptz,
    problem text NOT NULL DEFAULT '',
    detail text NOT NULL DEFAULT '',
    sent bigint NOT NULL DEFAULT 0,
    last timestamptz,
    PRIMARY KEY (site, service)
);

-- Sets of readers: which of them have read which text of a document, and how far they got.
-- They are made of clicktracker_reading by Python (storage/sets/), which can do so again at
-- any time: lists of readers, figures and dashboards of many documents are found with them.
-- clicktracker_change has what was recorded that they don't know: a reader and a document,
-- a document as a whole (reader is null), or what an account is called (document is null).
-- Rows are only added and taken away, as many record at once.
CREATE TABLE IF NOT EXISTS clicktracker_change (
    site integer NOT NULL,
    document bigint,
    reader bigint
);

CREATE INDEX IF NOT EXISTS clicktracker_change_site ON clicktracker_change (site);

-- stamp is another one each time. readings and accesses are how many there were then. orders
-- has what lists can be put in order by: times, how often, how long, and addresses.
CREATE TABLE IF NOT EXISTS clicktracker_sets (
    document bigint PRIMARY KEY REFERENCES clicktracker_document ON DELETE CASCADE,
    site integer NOT NULL,
    stamp bigint NOT NULL,
    readings bigint NOT NULL,
    accesses bigint NOT NULL,
    sets bytea NOT NULL,
    orders bytea NOT NULL
);

-- They are compressed already.
ALTER TABLE clicktracker_sets
    ALTER COLUMN sets SET STORAGE EXTERNAL,
    ALTER COLUMN orders SET STORAGE EXTERNAL;

CREATE INDEX IF NOT EXISTS clicktracker_sets_site
    ON clicktracker_sets (site, document, stamp, readings, accesses);

-- Where an account is in sets: a number of the site, which nobody else has ever had.
CREATE TABLE IF NOT EXISTS clicktracker_place (
    reader bigint PRIMARY KEY,
    place integer NOT NULL
);

-- The last stamp, that of the last change of accounts, the next place, and the rule that
-- levels in the sets are found by.
CREATE TABLE IF NOT EXISTS clicktracker_derived (
    site integer PRIMARY KEY REFERENCES clicktracker_site ON DELETE CASCADE,
    stamp bigint NOT NULL,
    people bigint NOT NULL,
    places integer NOT NULL,
    least_seconds integer NOT NULL,
    pace integer NOT NULL
);

-- 3. Functions --------------------------------------------------------------------

-- STABLE, as convert_to is: only so is it written into the calling statement,
-- which is ten times as fast as a call.
CREATE OR REPLACE FUNCTION clicktracker_url_key(url text) RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT left(encode(sha256(convert_to(url, 'UTF8')), 'hex'), 32)
$$;

COMMENT ON FUNCTION clicktracker_url_key(text) IS
    '32 hex digits for a URL, which may be too long for an index';

-- Not extract: that is numeric since PostgreSQL 14, and slower.
CREATE OR REPLACE FUNCTION clicktracker_passed(since timestamptz, until timestamptz)
RETURNS bigint LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT greatest(CAST(date_part('epoch', until - since) * 1000000 AS bigint) / 1000, 0)
$$;

COMMENT ON FUNCTION clicktracker_passed(timestamptz, timestamptz) IS
    'whole milliseconds from one time to a later one';

-- What sets of readers have to learn of besides readings: what accounts are called, and how
-- long texts are. Seldom does either change.
CREATE OR REPLACE FUNCTION clicktracker_reader_changed() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO clicktracker_change (site, document, reader)
    VALUES (NEW.site, NULL, NEW.id);
    RETURN NULL;
END
$$;

DROP TRIGGER IF EXISTS clicktracker_reader_change ON clicktracker_reader;

CREATE TRIGGER clicktracker_reader_change
AFTER UPDATE ON clicktracker_reader FOR EACH ROW
WHEN ((NEW.name_key, NEW.id_key, NEW.retired)
      IS DISTINCT FROM (OLD.name_key, OLD.id_key, OLD.retired))
EXECUTE FUNCTION clicktracker_reader_changed();

CREATE OR REPLACE FUNCTION clicktracker_version_changed() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO clicktracker_change (site, document, reader)
    SELECT d.site, d.id, NULL FROM clicktracker_document d
    WHERE d.id = NEW.document
      AND EXISTS (SELECT FROM clicktracker_version v
                  WHERE v.document = NEW.document AND v.digest = NEW.digest
                    AND (v.id = NEW.id) = (TG_OP = 'UPDATE')
                    AND (TG_OP = 'UPDATE' OR v.digest <> '' AND v.words < NEW.words));
    RETURN NULL;
END
$$;

DROP TRIGGER IF EXISTS clicktracker_version_change ON clicktracker_version;

CREATE TRIGGER clicktracker_version_change
AFTER UPDATE ON clicktracker_version FOR EACH ROW WHEN (NEW.words <> OLD.words)
EXECUTE FUNCTION clicktracker_version_changed();

DROP TRIGGER IF EXISTS clicktracker_version_added ON clicktracker_version;

CREATE TRIGGER clicktracker_version_added
AFTER INSERT ON clicktracker_version FOR EACH ROW
EXECUTE FUNCTION clicktracker_version_changed();

-- Makes the partitions of this month and the next ones; returns how many are
-- new. Called outside batches. It runs with the rights of the owner, as the
-- role that records must not create tables; that is why its search_path is fixed.
CREATE OR REPLACE FUNCTION clicktracker_months(ahead integer DEFAULT 2) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET lock_timeout = '3s' AS $$
DECLARE
    month timestamp;
    name text;
    made integer := 0;
BEGIN
    PERFORM pg_advisory_xact_lock(5459011, 1);
    FOR step IN 0..least(ahead, 24) LOOP
        month := date_trunc('month', now() AT TIME ZONE 'UTC')
            + make_interval(months => step);
        name := 'clicktracker_access_' || to_char(month, 'YYYY_MM');
        CONTINUE WHEN to_regclass(name) IS NOT NULL;
        BEGIN
            -- Batches use the tables in this order; the other way round each
            -- would wait for the other.
            LOCK TABLE clicktracker_reading IN SHARE ROW EXCLUSIVE MODE;
            EXECUTE format(
                'CREATE TABLE %I PARTITION OF clicktracker_access '
                'FOR VALUES FROM (%L) TO (%L)', name,
                to_char(month, 'YYYY-MM-DD 00:00:00+00'),
                to_char(month + interval '1 month', 'YYYY-MM-DD 00:00:00+00'));
            made := made + 1;
        EXCEPTION WHEN check_violation THEN
            -- Accesses of this month are in the default partition already. They
            -- are found there as well, and so will be the others.
            NULL;
        END;
    END LOOP;
    RETURN made;
END
$$;

COMMENT ON FUNCTION clicktracker_months(integer) IS
    'make the partitions of clicktracker_access ahead of time';

REVOKE ALL ON FUNCTION clicktracker_months(integer) FROM PUBLIC;

DO $$
BEGIN
    EXECUTE format('ALTER FUNCTION clicktracker_months(integer) '
                   'SET search_path = %I, pg_temp', current_schema());
END
$$;

-- Records a batch, whole or not at all; returns how many accesses are new.
--
-- Many connections do this at once, with overlapping batches. Reading the old
-- state, adding to it and writing the sum in one statement counts twice, and
-- updating in the order of arrival deadlocks. So everything happens in one
-- order that all batches share: rows are made table by table, within a table
-- by key; then the readings are locked by key; only then is anything compared.
-- Whoever corrects (adopt, forget, ...) has the site for himself meanwhile.
-- The steps have the names that they have in SQLite, see
-- storage/relational/recording.py.
--
-- batch: {"documents": [{document, uid, identity, path, title, version, digest, words,
--                        issued, since}],
--         "readers": [{reader, folder, member, name, name_key, id_key, issued}],
--         "urls": "{url, ...}", "url_keys": "{key, ...}",
--         "accesses": {document, reader, key, issued, opened, seen, engaged, depth,
--                      origin, url, marks: "{value of each access, ...}"},
--         "served": ["{document, ...}", "{reader, ...}", "{issued, ...}"],
--         "downloaded": the same,
--         "views": n, "single": boolean}
-- where document, reader and url are numbers in the batch, counted from 0, and issued
-- of a document or reader is the newest of its accesses, since the oldest. What was
-- served and has not called back is no access, and neither is a download. URLs are
-- sorted; times of accesses are microseconds since 1970. Literals of arrays are read many times
-- as fast as arrays in JSON. Of a reading and a ticket (its time of issue) no more
-- than "views" accesses are recorded, if that is given: the rest is left out.
-- "single" says that each access is of another ticket. logclick, and a process that still
-- runs an earlier release, may leave out digest, words, since, served, downloaded, marks
-- and single. Marks are the sum of those in storage/marks.py. See
-- storage/relational/batch.py.
--
-- Plans are kept for as long as a connection lives, which may begin with empty
-- tables. So they must be good whatever the planner has seen: what a row of the
-- batch is in a table is looked up by a subselect of its own, which can only use
-- the index, and joins are nested loops over primary keys. Numbers in the batch
-- become ids by arrays, as what is in the batch has no index to join by.
CREATE OR REPLACE FUNCTION clicktracker_record(site text, batch jsonb) RETURNS integer
LANGUAGE plpgsql
SET enable_seqscan = off SET enable_bitmapscan = off SET enable_material = off
SET enable_hashjoin = off SET enable_mergejoin = off
SET plan_cache_mode = force_generic_plan AS $$
#variable_conflict use_column
DECLARE
    here integer;
    document_ids bigint[];
    version_ids bigint[];
    reader_ids bigint[];
    since timestamptz[];  -- when the account of reader_ids was not somebody else's
    names text[];
    name_keys text[];
    id_keys text[];
    urls text[] := (batch ->> 'urls')::text[];
    url_keys text[] := (batch ->> 'url_keys')::text[];
    -- The accesses, by column: what is aggregated from arrays keeps their order.
    -- Behind them, without a key, is what was served and then what was downloaded,
    -- until the readings are locked.
    documents integer[] := (batch #>> '{accesses,document}')::integer[]
        || (batch #>> '{served,0}')::integer[]
        || (batch #>> '{downloaded,0}')::integer[];
    readers integer[] := (batch #>> '{accesses,reader}')::integer[]
        || (batch #>> '{served,1}')::integer[]
        || (batch #>> '{downloaded,1}')::integer[];
    keys text[] := (batch #>> '{accesses,key}')::text[];
    issued_us bigint[] := (batch #>> '{accesses,issued}')::bigint[]
        || (batch #>> '{served,2}')::bigint[]
        || (batch #>> '{downloaded,2}')::bigint[];
    issued timestamptz[];
    opened timestamptz[];
    seen timestamptz[];
    engaged bigint[] := (batch #>> '{accesses,engaged}')::bigint[];
    depths integer[] := (batch #>> '{accesses,depth}')::integer[];
    origins text[] := (batch #>> '{accesses,origin}')::text[];
    url_numbers integer[] := (batch #>> '{accesses,url}')::integer[];
    marks smallint[] := coalesce((batch #>> '{accesses,marks}')::smallint[],
                                 array_fill(0::smallint, ARRAY[cardinality(keys)]));
    sent integer := cardinality(keys);  -- how many of these are accesses
    served integer := coalesce(cardinality((batch #>> '{served,0}')::integer[]), 0);
    accounts bigint[];
    reading_ids bigint[];
    learnt timestamptz[];  -- issued, as it is in the order of accounts
    known boolean[];  -- that it was recorded before; at first, that it may have been
    gained bigint[];  -- what its reading gains in milliseconds
    added integer;
    has_urls boolean;
    has_news boolean;
BEGIN
    -- lock_site ----------------------------------------------------------------
    PERFORM pg_advisory_xact_lock_shared(5459012, hashtext(clicktracker_record.site));

    -- add_site -----------------------------------------------------------------
    INSERT INTO clicktracker_site (uid)
    SELECT clicktracker_record.site
    WHERE NOT EXISTS (SELECT FROM clicktracker_site s
                      WHERE s.uid = clicktracker_record.site)
    ON CONFLICT DO NOTHING;

    SELECT s.id INTO STRICT here FROM clicktracker_site s
    WHERE s.uid = clicktracker_record.site;

    -- add_documents ------------------------------------------------------------
    INSERT INTO clicktracker_document
        (site, uid, identity, path, path_at, title, title_at)
    SELECT DISTINCT ON (b.identity COLLATE "C")
           here, b.uid, b.identity, b.path, b.issued, b.title, b.issued
    FROM jsonb_to_recordset(batch -> 'documents')
        AS b(uid text, identity text, path text, title text, issued timestamptz)
    WHERE (SELECT d.id FROM clicktracker_document d
           WHERE d.site = here AND d.identity = b.identity) IS NULL
    ORDER BY b.identity COLLATE "C", b.issued DESC, b.path COLLATE "C" DESC,
             b.title COLLATE "C" DESC
    ON CONFLICT DO NOTHING;

    SELECT array_agg((SELECT d.id FROM clicktracker_document d
                      WHERE d.site = here AND d.identity = b.identity)
                     ORDER BY b.document)
    INTO document_ids
    FROM jsonb_to_recordset(batch -> 'documents') AS b(document integer, identity text);

    -- add_versions -------------------------------------------------------------
    INSERT INTO clicktracker_version (document, label, digest, words, since)
    SELECT document_ids[b.document + 1], b.version COLLATE "C",
           coalesce(b.digest, '') COLLATE "C", max(coalesce(b.words, 0)),
           min(coalesce(b.since, b.issued))
    FROM jsonb_to_recordset(batch -> 'documents')
        AS b(document integer, version text, digest text, words integer,
             issued timestamptz, since timestamptz)
    WHERE (SELECT v.id FROM clicktracker_version v
           WHERE v.document = document_ids[b.document + 1]
             AND v.label = b.version AND v.digest = coalesce(b.digest, '')) IS NULL
    GROUP BY 1, 2, 3
    ORDER BY 1, 2, 3
    ON CONFLICT DO NOTHING;

    SELECT array_agg(v.id ORDER BY b.document),
           bool_or(b.words > v.words OR coalesce(b.since, b.issued) < v.since)
    INTO version_ids, has_news
    FROM jsonb_to_recordset(batch -> 'documents')
        AS b(document integer, version text, digest text, words integer,
             issued timestamptz, since timestamptz)
    CROSS JOIN LATERAL (
        SELECT v.id, v.words, v.since FROM clicktracker_version v
        WHERE v.document = document_ids[b.document + 1]
          AND v.label = b.version AND v.digest = coalesce(b.digest, '')
        LIMIT 1
    ) v;

    -- More words, or earlier tickets, than those that are known.
    IF has_news THEN
        PERFORM FROM clicktracker_version v
        WHERE v.id = ANY (version_ids)
        ORDER BY v.id
        FOR NO KEY UPDATE;

        UPDATE clicktracker_version v SET
            words = greatest(v.words, n.words),
            since = least(v.since, n.since)
        FROM (
            SELECT version_ids[b.document + 1] AS id, max(b.words) AS words,
                   min(coalesce(b.since, b.issued)) AS since
            FROM jsonb_to_recordset(batch -> 'documents')
                AS b(document integer, words integer, issued timestamptz,
                     since timestamptz)
            GROUP BY 1
        ) n
        WHERE v.id = n.id AND (n.words > v.words OR n.since < v.since);
    END IF;

    -- add_readers --------------------------------------------------------------
    -- A reader for those who have none yet at the time of their newest ticket.
    INSERT INTO clicktracker_reader
        (site, folder, member, generation, name, name_at, name_key, id_key)
    SELECT here, n.folder, n.member,
           coalesce((SELECT max(r.generation) FROM clicktracker_reader r
                     WHERE r.site = here AND r.folder = n.folder
                       AND r.member = n.member), 0) + 1,
           '', n.issued, n.id_key, n.id_key
    FROM (
        SELECT b.folder COLLATE "C" AS folder, b.member COLLATE "C" AS member,
               min(coalesce(b.id_key, lower(b.member COLLATE "C")) COLLATE "C") AS id_key,
               max(b.issued) AS issued
        FROM jsonb_to_recordset(batch -> 'readers')
            AS b(folder text, member text, id_key text, issued timestamptz)
        GROUP BY 1, 2
    ) n
    WHERE (SELECT r.id FROM clicktracker_reader r
           WHERE r.site = here AND r.folder = n.folder AND r.member = n.member
             AND (r.retired IS NULL OR r.retired > n.issued)
           LIMIT 1) IS NULL
    ORDER BY n.folder, n.member
    ON CONFLICT DO NOTHING;

    SELECT array_agg(r.id ORDER BY b.reader), array_agg(r.since ORDER BY b.reader),
           array_agg(b.name ORDER BY b.reader), array_agg(b.name_key ORDER BY b.reader),
           array_agg(b.id_key ORDER BY b.reader)
    INTO reader_ids, since, names, name_keys, id_keys
    FROM jsonb_to_recordset(batch -> 'readers')
        AS b(reader integer, folder text, member text, name text, name_key text,
             id_key text)
    CROSS JOIN LATERAL (
        SELECT r.id, coalesce((
            SELECT max(e.retired) FROM clicktracker_reader e
            WHERE e.site = r.site AND e.folder = r.folder AND e.member = r.member
              AND e.generation < r.generation), '-infinity') AS since
        FROM clicktracker_reader r
        WHERE r.site = here AND r.folder = b.folder AND r.member = b.member
        ORDER BY r.generation DESC LIMIT 1
    ) r;

    -- resolve ------------------------------------------------------------------
    -- The reader is the one of the id who was there when the ticket was issued.
    SELECT array_agg(a.account), array_agg(a.issued), array_agg(a.opened),
           array_agg(a.seen),
           array_agg((SELECT g.id FROM clicktracker_reading g
                      WHERE g.document = document_ids[a.document]
                        AND g.reader = a.account
                        AND g.version = version_ids[a.document]))
    INTO accounts, issued, opened, seen, reading_ids
    FROM (
        SELECT a.document, a.issued, a.opened, a.seen,
               CASE WHEN a.issued >= since[a.reader] THEN reader_ids[a.reader] ELSE (
                   SELECT e.id FROM clicktracker_reader r
                   JOIN clicktracker_reader e
                     ON e.site = r.site AND e.folder = r.folder AND e.member = r.member
                   WHERE r.id = reader_ids[a.reader] AND e.retired > a.issued
                   ORDER BY e.generation LIMIT 1) END AS account
        FROM (
            SELECT unnest(documents) + 1 AS document, unnest(readers) + 1 AS reader,
                   timestamptz 'epoch' + interval '1 microsecond'
                   * unnest(issued_us) AS issued,
                   timestamptz 'epoch' + interval '1 microsecond'
                   * unnest((batch #>> '{accesses,opened}')::bigint[]) AS opened,
                   timestamptz 'epoch' + interval '1 microsecond'
                   * unnest((batch #>> '{accesses,seen}')::bigint[]) AS seen
        ) a
        OFFSET 0
    ) a;
    learnt := issued;

    -- add_readings -------------------------------------------------------------
    -- Made without any access: the sums are added below. Not so what is in the index of
    -- the key, as adding the sums would write into all indexes then. (It does where only
    -- a note came before.)
    IF array_position(reading_ids, NULL) IS NOT NULL THEN
        INSERT INTO clicktracker_reading
            (document, version, reader, count, first, last, engaged, depth, cached,
             oldest, downloaded_first)
        SELECT document_ids[a.document], version_ids[a.document], a.account, 0,
               timestamptz 'infinity', timestamptz '-infinity', 0, 0, 0,
               coalesce(min(a.issued) FILTER (WHERE a.place <= sent), 'infinity'),
               min(a.issued) FILTER (WHERE a.place > sent + served)
        FROM (SELECT unnest(reading_ids) AS reading, unnest(documents) + 1 AS document,
                     unnest(accounts) AS account, unnest(issued) AS issued,
                     generate_subscripts(reading_ids, 1) AS place) a
        WHERE a.reading IS NULL
        GROUP BY 1, 2, 3
        ORDER BY 1, 3, 2
        ON CONFLICT DO NOTHING;

        SELECT array_agg(coalesce(a.reading, (
            SELECT g.id FROM clicktracker_reading g
            WHERE g.document = document_ids[a.document] AND g.reader = a.account
              AND g.version = version_ids[a.document])))
        INTO reading_ids
        FROM (SELECT unnest(reading_ids) AS reading, unnest(documents) + 1 AS document,
                     unnest(accounts) AS account) a;
    END IF;

    -- lock_readings ------------------------------------------------------------
    -- Lock them by key, and learn on the way what is newer than all they have.
    SELECT array_agg(a.known ORDER BY a.place)
    INTO known
    FROM (
        SELECT a.place, coalesce(g.newest >= a.issued, true) AS known
        FROM (
            SELECT a.reading, a.issued, a.place
            FROM (SELECT unnest(reading_ids) AS reading, unnest(issued) AS issued,
                         generate_subscripts(reading_ids, 1) AS place) a
            ORDER BY a.reading
        ) a
        LEFT JOIN LATERAL (SELECT g.newest FROM clicktracker_reading g
                           WHERE g.id = a.reading FOR NO KEY UPDATE) g ON true
    ) a;

    -- changes ------------------------------------------------------------------
    -- What sets of readers have to learn of.
    INSERT INTO clicktracker_change (site, document, reader)
    SELECT DISTINCT here, document_ids[a.document], a.account
    FROM (SELECT unnest(documents) + 1 AS document, unnest(accounts) AS account) a;

    -- notes --------------------------------------------------------------------
    IF cardinality(issued) > sent THEN
        UPDATE clicktracker_reading g SET
            served_first = least(g.served_first, n.served_first),
            served_last = greatest(g.served_last, n.served_last),
            downloaded_first = least(g.downloaded_first, n.downloaded_first),
            downloaded_last = greatest(g.downloaded_last, n.downloaded_last)
        FROM (
            SELECT reading,
                   min(issued) FILTER (WHERE place <= served) AS served_first,
                   max(issued) FILTER (WHERE place <= served) AS served_last,
                   min(issued) FILTER (WHERE place > served) AS downloaded_first,
                   max(issued) FILTER (WHERE place > served) AS downloaded_last
            FROM (SELECT unnest(reading_ids[sent + 1:]) AS reading,
                         unnest(issued[sent + 1:]) AS issued,
                         generate_subscripts(issued[sent + 1:], 1) AS place) a
            GROUP BY reading
        ) n
        WHERE g.id = n.reading
          AND (least(g.served_first, n.served_first),
               greatest(g.served_last, n.served_last),
               least(g.downloaded_first, n.downloaded_first),
               greatest(g.downloaded_last, n.downloaded_last))
              IS DISTINCT FROM (g.served_first, g.served_last, g.downloaded_first,
                                g.downloaded_last);

        documents := documents[:sent];
        reading_ids := reading_ids[:sent];
        issued := issued[:sent];
        opened := opened[:sent];
        seen := seen[:sent];
        known := known[:sent];
    END IF;

    -- compare, leave_out -------------------------------------------------------
    -- A new statement sees what others committed while this one waited. Mostly
    -- everything is newer than what is there. Else each key remains once, and what
    -- its ticket has no room for is left out, by key. What the reading gains by a ticket,
    -- whose views together last no longer than it was seen, is put down to one of them.
    IF true = ANY (known) OR (batch -> 'single')::boolean IS NOT TRUE THEN
        SELECT array_agg(a.reading), array_agg(a.key), array_agg(a.issued),
               array_agg(a.opened), array_agg(a.seen), array_agg(a.engaged),
               array_agg(a.depth), array_agg(a.origin), array_agg(a.url),
               array_agg(a.marks), array_agg(a.known), array_agg(a.document),
               array_agg(CASE WHEN a.first THEN
                   least(a.before + a.longer,
                         clicktracker_passed(a.issued, greatest(a.last, a.last_before)))
                   - least(a.before, clicktracker_passed(a.issued, a.last_before))
                   ELSE 0 END)
        INTO reading_ids, keys, issued, opened, seen, engaged, depths, origins,
             url_numbers, marks, known, documents, gained
        FROM (
            SELECT a.*, row_number() OVER ticket = 1 AS first,
                   sum(greatest(a.engaged - a.same_before, 0)) OVER ticket AS longer,
                   max(a.seen) OVER ticket AS last
            FROM (
                SELECT s.*, f.same > 0 AS known, f.before, f.same_before, f.last_before,
                       f.views + row_number() OVER (
                           PARTITION BY s.reading, s.issued, f.same
                           ORDER BY s.key) AS place
                FROM (
                    SELECT a.reading, a.issued, a.key COLLATE "C" AS key,
                           min(a.opened) AS opened, max(a.seen) AS seen,
                           max(a.engaged) AS engaged, max(a.depth) AS depth,
                           min(a.origin COLLATE "C") AS origin, min(a.url) AS url,
                           bit_or(a.marks) AS marks, bool_or(a.known) AS maybe,
                           min(a.document) AS document
                    FROM (SELECT unnest(reading_ids) AS reading, unnest(keys) AS key,
                                 unnest(issued) AS issued, unnest(opened) AS opened,
                                 unnest(seen) AS seen, unnest(engaged) AS engaged,
                                 unnest(depths) AS depth, unnest(origins) AS origin,
                                 unnest(url_numbers) AS url, unnest(marks) AS marks,
                                 unnest(known) AS known,
                                 unnest(documents) AS document) a
                    GROUP BY 1, 2, 3
                ) s
                CROSS JOIN LATERAL (
                    SELECT count(*) AS views,
                           count(*) FILTER (WHERE o.key = s.key) AS same,
                           coalesce(sum(o.engaged), 0) AS before,
                           coalesce(max(o.engaged) FILTER (WHERE o.key = s.key), 0)
                               AS same_before,
                           max(o.seen) AS last_before
                    FROM clicktracker_access o
                    WHERE s.maybe AND o.reading = s.reading AND o.issued = s.issued
                ) f
            ) a
            WHERE a.known OR a.place <= coalesce((batch -> 'views')::integer, a.place)
            WINDOW ticket AS (PARTITION BY a.reading, a.issued)
        ) a;
    ELSE
        SELECT array_agg(least(a.engaged, clicktracker_passed(a.issued, a.seen)))
        INTO gained
        FROM (SELECT unnest(engaged) AS engaged, unnest(issued) AS issued,
                     unnest(seen) AS seen) a;
    END IF;

    -- raise_accesses -----------------------------------------------------------
    -- First larger totals for what was recorded before ...
    IF true = ANY (known) THEN
        WITH change AS (
            SELECT s.*, o.url
            FROM (SELECT unnest(reading_ids) AS reading, unnest(keys) AS key,
                         unnest(issued) AS issued, unnest(opened) AS opened,
                         unnest(seen) AS seen, unnest(engaged) AS engaged,
                         unnest(depths) AS depth, unnest(marks) AS marks,
                         unnest(known) AS known, unnest(gained) AS gained) s
            JOIN clicktracker_access o
              ON o.reading = s.reading AND o.issued = s.issued AND o.key = s.key
            WHERE s.known AND (s.opened < o.opened OR s.seen > o.seen
                               OR s.engaged > o.engaged OR s.gained > 0
                               OR s.depth > o.depth
                               OR (s.marks | o.marks) <> o.marks)
        ), accesses AS (
            UPDATE clicktracker_access o SET
                opened = least(o.opened, c.opened),
                seen = greatest(o.seen, c.seen),
                engaged = greatest(o.engaged, c.engaged),
                depth = greatest(o.depth, c.depth),
                marks = o.marks | c.marks
            FROM change c
            WHERE o.reading = c.reading AND o.issued = c.issued AND o.key = c.key
        ), urls AS (
            UPDATE clicktracker_reading_url u SET
                first = least(u.first, c.opened),
                last = greatest(u.last, c.seen)
            FROM (
                SELECT reading, url, min(opened) AS opened, max(seen) AS seen
                FROM change GROUP BY reading, url
            ) c
            WHERE u.reading = c.reading AND u.url_key = clicktracker_url_key(c.url)
        )
        UPDATE clicktracker_reading g SET
            first = least(g.first, c.opened),
            last = greatest(g.last, c.seen),
            engaged = g.engaged + c.gained,
            depth = greatest(g.depth, c.depth),
            marks = g.marks | c.marks
        FROM (
            SELECT reading, min(opened) AS opened, max(seen) AS seen,
                   sum(gained) AS gained, max(depth) AS depth,
                   bit_or(marks) AS marks
            FROM change GROUP BY reading
        ) c
        WHERE g.id = c.reading;
    END IF;

    -- add_accesses, sum_readings, sum_urls -------------------------------------
    -- ... then what is new.
    WITH new AS (
        SELECT a.* FROM (
            SELECT unnest(reading_ids) AS reading, unnest(keys) AS key,
                   unnest(issued) AS issued, unnest(opened) AS opened,
                   unnest(seen) AS seen, unnest(engaged) AS engaged,
                   unnest(depths) AS depth, unnest(origins) AS origin,
                   unnest(url_numbers) + 1 AS url, unnest(known) AS known,
                   unnest(marks) AS marks, unnest(gained) AS gained) a
        WHERE NOT a.known
    ), accesses AS (
        INSERT INTO clicktracker_access
            (reading, key, issued, opened, seen, engaged, depth, origin, url, marks)
        SELECT reading, key, issued, opened, seen, engaged, depth, origin, urls[url],
               marks
        FROM new
    ), visited AS (
        SELECT reading, url, count(*) AS added, min(opened) AS opened,
               max(seen) AS seen, sum(gained) AS gained, max(depth) AS depth,
               count(*) FILTER (WHERE origin <> 'page') AS cached,
               min(issued) AS oldest, max(issued) AS newest, bit_or(marks) AS marks
        FROM new GROUP BY reading, url
    ), counted AS (
        UPDATE clicktracker_reading_url u SET
            count = u.count + v.added,
            first = least(u.first, v.opened),
            last = greatest(u.last, v.seen)
        FROM visited v
        WHERE u.reading = v.reading AND u.url_key = url_keys[v.url]
        RETURNING 1
    ), sums AS (
        UPDATE clicktracker_reading g SET
            count = g.count + c.added,
            first = least(g.first, c.opened),
            last = greatest(g.last, c.seen),
            engaged = g.engaged + c.gained,
            depth = greatest(g.depth, c.depth),
            cached = g.cached + c.cached,
            oldest = least(g.oldest, c.oldest),
            newest = greatest(g.newest, c.newest),
            marks = g.marks | c.marks
        FROM (
            SELECT reading, sum(added) AS added, min(opened) AS opened,
                   max(seen) AS seen, sum(gained) AS gained, max(depth) AS depth,
                   sum(cached) AS cached, min(oldest) AS oldest,
                   max(newest) AS newest, bit_or(marks) AS marks
            FROM visited GROUP BY reading
        ) c
        WHERE g.id = c.reading
    )
    SELECT coalesce(sum(v.added), 0), count(*) = (SELECT count(*) FROM counted)
    INTO added, has_urls
    FROM visited v;

    -- URLs that the update has not found.
    IF NOT has_urls THEN
        INSERT INTO clicktracker_reading_url (reading, url_key, url, count, first, last)
        SELECT a.reading, url_keys[a.url], urls[a.url], count(*), min(a.opened),
               max(a.seen)
        FROM (SELECT unnest(reading_ids) AS reading, unnest(url_numbers) + 1 AS url,
                     unnest(opened) AS opened, unnest(seen) AS seen,
                     unnest(known) AS known) a
        WHERE NOT a.known
        GROUP BY a.reading, a.url
        ON CONFLICT DO NOTHING;
    END IF;

    -- paths, titles ------------------------------------------------------------
    -- What the newest tickets say of documents and readers; an empty title or
    -- name says nothing.
    PERFORM FROM clicktracker_document d
    JOIN jsonb_to_recordset(batch -> 'documents')
        AS b(document integer, path text, title text, issued timestamptz)
      ON d.id = document_ids[b.document + 1]
    WHERE (b.issued, b.path) > (d.path_at, d.path)
       OR (b.title <> '' AND (d.title = ''
           OR (b.issued, b.title) > (d.title_at, d.title)))
    ORDER BY d.id
    FOR NO KEY UPDATE OF d;

    IF FOUND THEN
        UPDATE clicktracker_document d SET
            path = CASE WHEN (n.path_at, n.path) > (d.path_at, d.path)
                        THEN n.path ELSE d.path END,
            path_at = greatest(n.path_at, d.path_at),
            title = CASE WHEN d.title = '' OR (n.title_at, n.title) > (d.title_at, d.title)
                         THEN coalesce(n.title, d.title) ELSE d.title END,
            title_at = CASE WHEN d.title = '' THEN coalesce(n.title_at, d.title_at)
                            ELSE greatest(n.title_at, d.title_at) END
        FROM (
            SELECT document_ids[b.document + 1] AS id, max(b.issued) AS path_at,
                   (array_agg(b.path ORDER BY b.issued DESC, b.path COLLATE "C" DESC)
                   )[1] AS path,
                   max(b.issued) FILTER (WHERE b.title <> '') AS title_at,
                   (array_agg(b.title ORDER BY b.issued DESC, b.title COLLATE "C" DESC)
                    FILTER (WHERE b.title <> ''))[1] AS title
            FROM jsonb_to_recordset(batch -> 'documents')
                AS b(document integer, path text, title text, issued timestamptz)
            GROUP BY document_ids[b.document + 1]
        ) n
        WHERE d.id = n.id;
    END IF;

    -- names --------------------------------------------------------------------
    -- Without locks before, as there are many: a nested loop over what is sorted by
    -- id changes them by id. logclick can't fold other letters than a-z; Python
    -- has done it here.
    UPDATE clicktracker_reader r SET
        name = CASE WHEN n.name <> '' THEN n.name ELSE r.name END,
        name_at = CASE WHEN n.name <> '' THEN n.issued ELSE r.name_at END,
        name_key = CASE WHEN n.name <> '' THEN n.name_key
                        WHEN r.name = '' THEN n.id_key ELSE r.name_key END,
        id_key = coalesce(n.id_key, r.id_key)
    FROM (
        SELECT DISTINCT ON (a.reader) a.reader, a.issued, names[a.name] AS name,
               name_keys[a.name] AS name_key, id_keys[a.name] AS id_key
        FROM (
            SELECT a.reader, a.name, max(a.issued) AS issued
            FROM (SELECT unnest(accounts) AS reader, unnest(readers) + 1 AS name,
                         unnest(learnt) AS issued) a
            GROUP BY 1, 2
        ) a
        ORDER BY a.reader, names[a.name] <> '' DESC, a.issued DESC,
                 names[a.name] COLLATE "C" DESC
    ) n
    WHERE r.id = n.reader
      AND CASE WHEN n.name <> ''
               THEN r.name = '' OR (n.issued, n.name) > (r.name_at, r.name)
               ELSE n.id_key <> r.id_key END;

    -- days ---------------------------------------------------------------------
    -- Last, as everybody adds to the same few of these rows, and in their order.
    INSERT INTO clicktracker_day AS y (document, day, accesses)
    SELECT document_ids[a.document], a.day, count(*)
    FROM (SELECT unnest(documents) + 1 AS document,
                 (unnest(issued) AT TIME ZONE 'UTC')::date AS day,
                 unnest(known) AS known) a
    WHERE NOT a.known
    GROUP BY 1, 2
    ORDER BY 1, 2
    ON CONFLICT (document, day) DO UPDATE SET accesses = y.accesses + excluded.accesses;

    RETURN added;
END
$$;

COMMENT ON FUNCTION clicktracker_record(text, jsonb) IS
    'record a batch of accesses; returns how many are new';

-- 0.4's function of this name; it is ours now. Others of the name stay.
DO $$
BEGIN
    EXECUTE format(
        'DROP FUNCTION IF EXISTS %I.logclick(character varying, character varying, '
        'character varying)', current_schema());
END
$$;

-- One visit, now, as in 0.4: for whoever called it directly. It knows neither
-- the site nor the document, so it belongs to the site '' until a site claims
-- the path. True means that it is recorded.
CREATE OR REPLACE FUNCTION logclick(member text, path text, url text) RETURNS boolean
LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE
    place text := left(coalesce(logclick.path, ''), 2048);
    known text := coalesce((
        SELECT d.uid FROM clicktracker_document d
        JOIN clicktracker_site s ON s.id = d.site
        WHERE s.uid = '' AND d.path_start = substr(place, 1, 500) AND d.path = place
          AND d.uid <> ''
        ORDER BY d.path_at DESC, d.uid LIMIT 1), '');
    address text := left(coalesce(logclick.url, ''), 2048);
    moment timestamptz := clock_timestamp();
    now_us bigint := extract(epoch FROM moment) * 1000000;
BEGIN
    PERFORM clicktracker_record('', jsonb_build_object(
        'documents', jsonb_build_array(jsonb_build_object(
            'document', 0, 'uid', known, 'path', place, 'title', '', 'version', '',
            'identity', CASE known WHEN '' THEN 'path:'
                || encode(sha256(convert_to(place, 'UTF8')), 'hex') ELSE known END,
            'issued', moment)),
        'readers', jsonb_build_array(jsonb_build_object(
            'reader', 0, 'folder', '', 'name', '', 'name_key', NULL, 'id_key', NULL,
            'member', left(coalesce(logclick.member, ''), 255), 'issued', moment)),
        'urls', ARRAY[address]::text, 'single', true,
        'url_keys', ARRAY[clicktracker_url_key(address)]::text,
        'accesses', jsonb_build_object(
            'document', '{0}', 'reader', '{0}', 'url', '{0}', 'origin', '{page}',
            'key', ARRAY[replace(gen_random_uuid()::text, '-', '')]::text,
            'issued', ARRAY[now_us]::text, 'opened', ARRAY[now_us]::text,
            'seen', ARRAY[now_us]::text, 'engaged', '{0}', 'depth', '{0}')));
    RETURN true;
END
$$;

COMMENT ON FUNCTION logclick(text, text, text) IS
    'record one visit by member to path by url, now';

SELECT clicktracker_months() AS new_months;

-- 4. The clicks of 0.4 -------------------------------------------------------------
-- They become readings of old addresses (documents known by their path) of the
-- site ''; each site claims those below its own path later. 0.4's tables stay as
-- they are. It kept the last access of a member, path and URL, and how many
-- there were; so the first access is not known and is said to be the last one.
-- Its times have no zone: they are those of the clock that the server shows.

DO $$
DECLARE
    here integer;
    zone text := (SELECT reset_val FROM pg_settings WHERE name = 'TimeZone');
BEGIN
    IF (SELECT adopted FROM clicktracker_schema) IS NOT NULL
       -- Tables of such general names may be somebody else's.
       OR (SELECT count(*) FROM information_schema.columns
           WHERE table_schema = current_schema()
             AND (table_name, column_name, data_type) IN (
                 ('document', 'id', 'integer'),
                 ('document', 'path', 'character varying'),
                 ('click', 'member', 'character varying'),
                 ('click', 'count', 'integer'),
                 ('click', 'lastaccess', 'timestamp without time zone'),
                 ('click', 'document', 'integer'),
                 ('click', 'url', 'character varying'))) <> 7
    THEN
        RETURN;
    END IF;

    -- Who is still calling 0.4's logclick finishes first.
    LOCK TABLE click IN SHARE MODE;
    PERFORM pg_advisory_xact_lock(5459012, hashtext(''));

    INSERT INTO clicktracker_site (uid) VALUES ('') ON CONFLICT DO NOTHING;
    SELECT s.id INTO here FROM clicktracker_site s WHERE s.uid = '';

    CREATE TABLE clicktracker_old AS
    SELECT 'path:' || encode(sha256(convert_to(d.path, 'UTF8')), 'hex') AS identity,
           d.path, coalesce(c.member, '') AS member, coalesce(c.url, '') AS url,
           coalesce(c.count, 1)::bigint AS count,
           coalesce(c.lastaccess AT TIME ZONE zone, to_timestamp(0)) AS last
    FROM click c JOIN document d ON d.id = c.document
    WHERE d.path IS NOT NULL;

    INSERT INTO clicktracker_document
        (site, uid, identity, path, path_at, title, title_at)
    SELECT here, '', o.identity, min(o.path), max(o.last), '', max(o.last)
    FROM clicktracker_old o GROUP BY o.identity
    ON CONFLICT DO NOTHING;

    INSERT INTO clicktracker_version (document, label, digest, words, since)
    SELECT d.id, '', '', 0, min(o.last)
    FROM clicktracker_old o
    JOIN clicktracker_document d ON d.site = here AND d.identity = o.identity
    GROUP BY d.id
    ON CONFLICT (document, label, digest) DO UPDATE SET
        since = least(clicktracker_version.since, excluded.since);

    INSERT INTO clicktracker_reader
        (site, folder, member, generation, name, name_at, name_key, id_key)
    SELECT DISTINCT here, '', o.member, 1, '', timestamptz '-infinity',
           lower(o.member COLLATE "C"), lower(o.member COLLATE "C")
    FROM clicktracker_old o
    WHERE NOT EXISTS (SELECT FROM clicktracker_reader r
                      WHERE r.site = here AND r.folder = '' AND r.member = o.member)
    ON CONFLICT DO NOTHING;

    CREATE TABLE clicktracker_old_reading AS
    SELECT v.document, v.id AS version, o.url, o.count, o.last,
           (SELECT r.id FROM clicktracker_reader r
            WHERE r.site = here AND r.folder = '' AND r.member = o.member
            ORDER BY r.generation LIMIT 1) AS reader
    FROM clicktracker_old o
    JOIN clicktracker_document d ON d.site = here AND d.identity = o.identity
    JOIN clicktracker_version v
      ON v.document = d.id AND v.label = '' AND v.digest = '';

    INSERT INTO clicktracker_reading AS g
        (document, version, reader, count, first, last, engaged, depth, cached, oldest)
    SELECT o.document, o.version, o.reader, sum(o.count), min(o.last), max(o.last),
           0, 0, 0, min(o.last)
    FROM clicktracker_old_reading o
    GROUP BY o.document, o.version, o.reader
    ON CONFLICT (document, reader, version) DO UPDATE SET
        count = g.count + excluded.count,
        first = least(g.first, excluded.first),
        last = greatest(g.last, excluded.last),
        oldest = least(g.oldest, excluded.oldest);

    INSERT INTO clicktracker_reading_url AS u
        (reading, url_key, url, count, first, last)
    SELECT g.id, clicktracker_url_key(o.url), o.url, sum(o.count), min(o.last),
           max(o.last)
    FROM clicktracker_old_reading o
    JOIN clicktracker_reading g
      ON g.document = o.document AND g.version = o.version AND g.reader = o.reader
    GROUP BY g.id, o.url
    ON CONFLICT (reading, url_key) DO UPDATE SET
        count = u.count + excluded.count,
        first = least(u.first, excluded.first),
        last = greatest(u.last, excluded.last);

    DROP TABLE clicktracker_old, clicktracker_old_reading;
    UPDATE clicktracker_schema SET adopted = now();
END
$$;

COMMIT;
