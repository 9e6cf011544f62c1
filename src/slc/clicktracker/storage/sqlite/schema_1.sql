-- The tables of a SQLite file, version 1. The names are those of
-- sql/db.sql. Times are microseconds since 1970 in UTC.
--
-- A later version is a script of its own (schema_2.sql, …) that begins with
-- the tables of the one before and ends by setting user_version. All that a file
-- lacks are executed in one transaction.

CREATE TABLE IF NOT EXISTS clicktracker_site (
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE
);

CREATE TABLE IF NOT EXISTS clicktracker_document (
    id INTEGER PRIMARY KEY,
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

CREATE INDEX IF NOT EXISTS clicktracker_document_place
    ON clicktracker_document (path_start);

CREATE TABLE IF NOT EXISTS clicktracker_version (
    id INTEGER PRIMARY KEY,
    document INTEGER NOT NULL REFERENCES clicktracker_document ON DELETE CASCADE,
    label TEXT NOT NULL,
    digest TEXT NOT NULL DEFAULT '',
    words INTEGER,
    title TEXT NOT NULL DEFAULT '',
    UNIQUE (document, label)
);

CREATE TABLE IF NOT EXISTS clicktracker_reader (
    id INTEGER PRIMARY KEY,
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

CREATE UNIQUE INDEX IF NOT EXISTS clicktracker_reader_current
    ON clicktracker_reader (site, folder, member) WHERE retired IS NULL;

CREATE TABLE IF NOT EXISTS clicktracker_reading (
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
    UNIQUE (document, reader, version)
);

CREATE INDEX IF NOT EXISTS clicktracker_reading_reader
    ON clicktracker_reading (reader, document);

CREATE TABLE IF NOT EXISTS clicktracker_reading_url (
    reading INTEGER NOT NULL,
    url_key TEXT NOT NULL,
    url TEXT NOT NULL,
    count INTEGER NOT NULL,
    first INTEGER NOT NULL,
    last INTEGER NOT NULL,
    PRIMARY KEY (reading, url_key)
) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS clicktracker_access (
    reading INTEGER NOT NULL,
    key TEXT NOT NULL,
    issued INTEGER NOT NULL,
    opened INTEGER NOT NULL,
    seen INTEGER NOT NULL,
    engaged INTEGER NOT NULL,
    depth INTEGER NOT NULL,
    origin TEXT NOT NULL,
    url TEXT NOT NULL,
    PRIMARY KEY (reading, key, issued)
) WITHOUT ROWID;

PRAGMA user_version = 1;
