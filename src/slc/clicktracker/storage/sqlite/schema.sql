-- The tables of a SQLite file. The names are those of sql/db.sql, which says what they are
-- for. Times are microseconds since 1970 in UTC, days are days since 1970.

CREATE TABLE clicktracker_site (
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE
);

-- No number is given twice to a document or a reader: sets of readers are kept by them.
CREATE TABLE clicktracker_document (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    site INTEGER NOT NULL REFERENCES clicktracker_site ON DELETE CASCADE,
    uid TEXT NOT NULL,
    identity TEXT NOT NULL,
    path TEXT NOT NULL,
    path_start TEXT GENERATED ALWAYS AS (substr(path, 1, 500)) STORED,
    path_at INTEGER NOT NULL,
    title TEXT NOT NULL,
    title_at INTEGER NOT NULL,
    UNIQUE (site, identity)
);

CREATE INDEX clicktracker_document_place ON clicktracker_document (path_start);

CREATE TABLE clicktracker_version (
    id INTEGER PRIMARY KEY,
    document INTEGER NOT NULL REFERENCES clicktracker_document ON DELETE CASCADE,
    label TEXT NOT NULL,
    digest TEXT NOT NULL,
    words INTEGER NOT NULL,
    title TEXT NOT NULL DEFAULT '',
    since INTEGER NOT NULL,
    UNIQUE (document, label, digest)
);

CREATE TABLE clicktracker_reader (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    site INTEGER NOT NULL REFERENCES clicktracker_site ON DELETE CASCADE,
    folder TEXT NOT NULL,
    member TEXT NOT NULL,
    generation INTEGER NOT NULL,
    name TEXT NOT NULL,
    name_at INTEGER NOT NULL,
    name_key TEXT NOT NULL,
    id_key TEXT NOT NULL,
    retired INTEGER,
    UNIQUE (site, folder, member, generation)
);

CREATE UNIQUE INDEX clicktracker_reader_current
    ON clicktracker_reader (site, folder, member) WHERE retired IS NULL;

CREATE TABLE clicktracker_reading (
    id INTEGER PRIMARY KEY,
    document INTEGER NOT NULL,
    version INTEGER NOT NULL,
    reader INTEGER NOT NULL,
    count INTEGER NOT NULL,
    first INTEGER NOT NULL,
    last INTEGER NOT NULL,
    engaged INTEGER NOT NULL,
    depth INTEGER NOT NULL,
    cached INTEGER NOT NULL,
    newest INTEGER NOT NULL DEFAULT -9223372036854775808,
    oldest INTEGER NOT NULL DEFAULT 9223372036854775807,
    marks INTEGER NOT NULL DEFAULT 0,
    served_first INTEGER,
    served_last INTEGER,
    downloaded_first INTEGER,
    downloaded_last INTEGER,
    acknowledged INTEGER,
    attested INTEGER,
    UNIQUE (document, reader, version)
);

CREATE INDEX clicktracker_reading_reader ON clicktracker_reading (reader, document);

CREATE TABLE clicktracker_reading_url (
    reading INTEGER NOT NULL,
    url_key TEXT NOT NULL,
    url TEXT NOT NULL,
    count INTEGER NOT NULL,
    first INTEGER NOT NULL,
    last INTEGER NOT NULL,
    PRIMARY KEY (reading, url_key)
) WITHOUT ROWID;

CREATE TABLE clicktracker_access (
    reading INTEGER NOT NULL,
    key TEXT NOT NULL,
    issued INTEGER NOT NULL,
    opened INTEGER NOT NULL,
    seen INTEGER NOT NULL,
    engaged INTEGER NOT NULL,
    depth INTEGER NOT NULL,
    origin TEXT NOT NULL,
    url TEXT NOT NULL,
    marks INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (reading, issued, key)
) WITHOUT ROWID;

CREATE TABLE clicktracker_day (
    document INTEGER NOT NULL,
    day INTEGER NOT NULL,
    accesses INTEGER NOT NULL,
    PRIMARY KEY (document, day)
) WITHOUT ROWID;

CREATE TABLE clicktracker_page (
    id INTEGER PRIMARY KEY,
    site INTEGER NOT NULL REFERENCES clicktracker_site ON DELETE CASCADE,
    uid TEXT NOT NULL,
    url_key TEXT NOT NULL,
    url TEXT NOT NULL,
    title TEXT NOT NULL,
    title_at INTEGER NOT NULL,
    UNIQUE (site, url_key, uid)
);

CREATE INDEX clicktracker_page_uid
    ON clicktracker_page (site, uid) WHERE uid <> '';

CREATE TABLE clicktracker_agent (
    id INTEGER PRIMARY KEY,
    agent TEXT NOT NULL UNIQUE,
    browser TEXT NOT NULL,
    system TEXT NOT NULL,
    device TEXT NOT NULL
);

-- No number is given twice, as page views may be kept for longer than their visit.
CREATE TABLE clicktracker_visit (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    site INTEGER NOT NULL,
    key TEXT NOT NULL,
    session TEXT NOT NULL,
    start INTEGER NOT NULL,
    last INTEGER NOT NULL,
    day INTEGER NOT NULL,
    pages INTEGER NOT NULL,
    whole INTEGER,
    address TEXT NOT NULL,
    referrer TEXT NOT NULL,
    source TEXT NOT NULL,
    is_over INTEGER NOT NULL,
    entry_page INTEGER NOT NULL,
    exit_page INTEGER NOT NULL,
    agent INTEGER NOT NULL,
    reader INTEGER,
    UNIQUE (site, key)
);

CREATE INDEX clicktracker_visit_last ON clicktracker_visit (site, last DESC, reader);

CREATE INDEX clicktracker_visit_session ON clicktracker_visit (session, start);

CREATE INDEX clicktracker_visit_reader
    ON clicktracker_visit (reader, day) WHERE reader IS NOT NULL;

CREATE INDEX clicktracker_visit_entry ON clicktracker_visit (entry_page);

CREATE INDEX clicktracker_visit_exit ON clicktracker_visit (exit_page);

CREATE INDEX clicktracker_visit_agent ON clicktracker_visit (agent);

CREATE INDEX clicktracker_visit_whole
    ON clicktracker_visit (site, whole) WHERE whole IS NOT NULL;

CREATE TABLE clicktracker_view (
    site INTEGER NOT NULL,
    key TEXT NOT NULL,
    session TEXT NOT NULL,
    at INTEGER NOT NULL,
    seen INTEGER NOT NULL,
    latest INTEGER,
    alone INTEGER,
    whole INTEGER,
    engaged INTEGER NOT NULL,
    gap INTEGER NOT NULL,
    ahead INTEGER NOT NULL,
    address TEXT NOT NULL,
    referrer TEXT NOT NULL,
    query TEXT NOT NULL,
    method TEXT NOT NULL,
    status INTEGER NOT NULL,
    source TEXT NOT NULL,
    is_exit INTEGER NOT NULL,
    page INTEGER NOT NULL,
    agent INTEGER NOT NULL,
    reader INTEGER,
    visit INTEGER,
    PRIMARY KEY (site, key)
);

CREATE INDEX clicktracker_view_at
    ON clicktracker_view (site, at DESC) WHERE NOT is_exit;

CREATE INDEX clicktracker_view_session
    ON clicktracker_view (session, at) WHERE session <> '';

CREATE INDEX clicktracker_view_alone
    ON clicktracker_view (site, alone) WHERE alone IS NOT NULL;

CREATE INDEX clicktracker_view_page
    ON clicktracker_view (page, at, visit) WHERE NOT is_exit;

CREATE INDEX clicktracker_view_visit
    ON clicktracker_view (visit, page, at) WHERE visit IS NOT NULL AND NOT is_exit;

CREATE INDEX clicktracker_view_reader
    ON clicktracker_view (reader, at) WHERE reader IS NOT NULL;

CREATE INDEX clicktracker_view_agent ON clicktracker_view (agent);

CREATE INDEX clicktracker_view_whole
    ON clicktracker_view (site, whole) WHERE whole IS NOT NULL;

CREATE TABLE clicktracker_kept (
    site INTEGER PRIMARY KEY,
    views_from INTEGER,
    visits_from INTEGER,
    readings_from INTEGER,
    accesses_from INTEGER
);

CREATE TABLE clicktracker_forgotten (
    site INTEGER NOT NULL REFERENCES clicktracker_site ON DELETE CASCADE,
    account TEXT NOT NULL,
    forgotten INTEGER NOT NULL,
    PRIMARY KEY (site, account)
) WITHOUT ROWID;

CREATE INDEX clicktracker_forgotten_when ON clicktracker_forgotten (site, forgotten);

CREATE TABLE clicktracker_event (
    site INTEGER NOT NULL REFERENCES clicktracker_site ON DELETE CASCADE,
    key TEXT NOT NULL,
    member TEXT NOT NULL,
    cohort TEXT NOT NULL,
    kind TEXT NOT NULL,
    occurred INTEGER NOT NULL,
    document TEXT NOT NULL,
    path TEXT NOT NULL,
    portal_type TEXT NOT NULL,
    detail TEXT NOT NULL,
    data TEXT NOT NULL,
    PRIMARY KEY (site, key)
);

CREATE INDEX clicktracker_event_member
    ON clicktracker_event (site, member, occurred, key);

CREATE INDEX clicktracker_event_occurred ON clicktracker_event (site, occurred);

CREATE TABLE clicktracker_goal (
    document INTEGER NOT NULL REFERENCES clicktracker_document ON DELETE CASCADE,
    reader INTEGER NOT NULL REFERENCES clicktracker_reader ON DELETE CASCADE,
    text TEXT NOT NULL,
    goal TEXT NOT NULL,
    site INTEGER NOT NULL,
    since INTEGER NOT NULL,
    reached INTEGER,
    PRIMARY KEY (document, reader, text, goal)
) WITHOUT ROWID;

CREATE INDEX clicktracker_goal_reader
    ON clicktracker_goal (reader, goal, reached, since);

CREATE INDEX clicktracker_goal_site
    ON clicktracker_goal (site, goal, reader, since, reached);

CREATE TABLE clicktracker_exposure (
    site INTEGER NOT NULL REFERENCES clicktracker_site ON DELETE CASCADE,
    split TEXT NOT NULL,
    folder TEXT NOT NULL,
    member TEXT NOT NULL,
    variant TEXT NOT NULL,
    since INTEGER NOT NULL,
    PRIMARY KEY (site, split, folder, member, variant)
) WITHOUT ROWID;

CREATE INDEX clicktracker_exposure_member
    ON clicktracker_exposure (site, member);

CREATE TABLE clicktracker_sentence (
    id INTEGER PRIMARY KEY,
    site INTEGER NOT NULL REFERENCES clicktracker_site ON DELETE CASCADE,
    sentence_key TEXT NOT NULL,
    language TEXT NOT NULL,
    sentence TEXT NOT NULL,
    UNIQUE (site, sentence_key, language)
);

-- The last one counts, so no number is given twice.
CREATE TABLE clicktracker_acknowledgement (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    site INTEGER NOT NULL REFERENCES clicktracker_site ON DELETE CASCADE,
    key TEXT NOT NULL,
    document INTEGER NOT NULL REFERENCES clicktracker_document ON DELETE CASCADE,
    version INTEGER NOT NULL,
    reader INTEGER NOT NULL REFERENCES clicktracker_reader ON DELETE CASCADE,
    kind INTEGER NOT NULL,
    at INTEGER NOT NULL,
    by_folder TEXT NOT NULL,
    by_member TEXT NOT NULL,
    by_name TEXT NOT NULL,
    sentence INTEGER REFERENCES clicktracker_sentence,
    way TEXT NOT NULL,
    why TEXT NOT NULL,
    asked_again INTEGER NOT NULL,
    is_withdrawn INTEGER NOT NULL,
    UNIQUE (site, key)
);

CREATE INDEX clicktracker_acknowledgement_document
    ON clicktracker_acknowledgement (document, reader);

CREATE INDEX clicktracker_acknowledgement_reader
    ON clicktracker_acknowledgement (reader);

CREATE INDEX clicktracker_acknowledgement_by
    ON clicktracker_acknowledgement (site, by_member);

CREATE TABLE clicktracker_word (
    id INTEGER PRIMARY KEY,
    site INTEGER NOT NULL REFERENCES clicktracker_site ON DELETE CASCADE,
    word TEXT NOT NULL,
    UNIQUE (site, word)
);

CREATE TABLE clicktracker_sum (
    site INTEGER NOT NULL,
    kind INTEGER NOT NULL,
    span INTEGER NOT NULL,
    day INTEGER NOT NULL,
    thing INTEGER NOT NULL,
    visits INTEGER NOT NULL,
    views INTEGER NOT NULL,
    time INTEGER NOT NULL,
    PRIMARY KEY (site, kind, span, day, thing)
) WITHOUT ROWID;

CREATE INDEX clicktracker_sum_thing
    ON clicktracker_sum (thing, kind) WHERE span = 1 AND kind < 8;

CREATE TABLE clicktracker_hit (
    id INTEGER PRIMARY KEY,
    site INTEGER NOT NULL REFERENCES clicktracker_site ON DELETE CASCADE,
    service TEXT NOT NULL,
    key TEXT NOT NULL,
    at INTEGER NOT NULL,
    state INTEGER NOT NULL,
    folder TEXT NOT NULL,
    member TEXT NOT NULL,
    content TEXT NOT NULL,
    reason TEXT NOT NULL,
    UNIQUE (key, service, site)
);

CREATE INDEX clicktracker_hit_waiting
    ON clicktracker_hit (site, service, at, key) WHERE state = 0;

CREATE INDEX clicktracker_hit_sending
    ON clicktracker_hit (site, service) WHERE state = 1;

CREATE INDEX clicktracker_hit_aside
    ON clicktracker_hit (site, service, reason, at) WHERE state = 2;

CREATE INDEX clicktracker_hit_at ON clicktracker_hit (site, at);

CREATE INDEX clicktracker_hit_member
    ON clicktracker_hit (site, member) WHERE member <> '';

CREATE TABLE clicktracker_service (
    site INTEGER NOT NULL REFERENCES clicktracker_site ON DELETE CASCADE,
    service TEXT NOT NULL,
    claim TEXT NOT NULL DEFAULT '',
    until INTEGER,
    failures INTEGER NOT NULL DEFAULT 0,
    due INTEGER,
    problem TEXT NOT NULL DEFAULT '',
    detail TEXT NOT NULL DEFAULT '',
    sent INTEGER NOT NULL DEFAULT 0,
    last INTEGER,
    PRIMARY KEY (site, service)
) WITHOUT ROWID;

CREATE TABLE clicktracker_change (
    site INTEGER NOT NULL,
    document INTEGER,
    reader INTEGER
);

CREATE INDEX clicktracker_change_site ON clicktracker_change (site);

CREATE TABLE clicktracker_sets (
    document INTEGER PRIMARY KEY REFERENCES clicktracker_document ON DELETE CASCADE,
    site INTEGER NOT NULL,
    stamp INTEGER NOT NULL,
    readings INTEGER NOT NULL,
    accesses INTEGER NOT NULL,
    sets BLOB NOT NULL,
    orders BLOB NOT NULL
);

CREATE INDEX clicktracker_sets_site 
    ON clicktracker_sets (site, document, stamp, readings, accesses);

CREATE TABLE clicktracker_place (
    reader INTEGER PRIMARY KEY,
    place INTEGER NOT NULL
);

CREATE TABLE clicktracker_derived (
    site INTEGER PRIMARY KEY REFERENCES clicktracker_site ON DELETE CASCADE,
    stamp INTEGER NOT NULL,
    people INTEGER NOT NULL,
    places INTEGER NOT NULL,
    least_seconds INTEGER NOT NULL,
    pace INTEGER NOT NULL
);

CREATE TRIGGER clicktracker_reader_change AFTER UPDATE ON clicktracker_reader
WHEN (NEW.name_key, NEW.id_key, NEW.retired) IS NOT (OLD.name_key, OLD.id_key, OLD.retired)
BEGIN
    INSERT INTO clicktracker_change (site, document, reader)
    VALUES (NEW.site, NULL, NEW.id);
END;

CREATE TRIGGER clicktracker_version_change AFTER UPDATE ON clicktracker_version
WHEN NEW.words <> OLD.words
BEGIN
    INSERT INTO clicktracker_change (site, document, reader)
    SELECT d.site, d.id, NULL FROM clicktracker_document d WHERE d.id = NEW.document;
END;

CREATE TRIGGER clicktracker_version_added AFTER INSERT ON clicktracker_version
WHEN EXISTS (SELECT 1 FROM clicktracker_version v
             WHERE v.document = NEW.document AND v.digest = NEW.digest
               AND v.words < NEW.words AND v.digest <> '')
BEGIN
    INSERT INTO clicktracker_change (site, document, reader)
    SELECT d.site, d.id, NULL FROM clicktracker_document d WHERE d.id = NEW.document;
END;

PRAGMA user_version = 7;
