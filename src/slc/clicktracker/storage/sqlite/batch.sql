-- Where a connection puts the batch that it is about to record: tables of its
-- own, in memory, empty between batches.

PRAGMA temp_store = MEMORY;

CREATE TEMP TABLE batch_document (
    document INTEGER PRIMARY KEY, uid TEXT, identity TEXT, path TEXT, title TEXT,
    version TEXT, digest TEXT, words INTEGER, issued INTEGER, since INTEGER);

CREATE TEMP TABLE batch_reader (
    reader INTEGER PRIMARY KEY, folder TEXT, member TEXT, name TEXT, name_key TEXT,
    id_key TEXT, issued INTEGER);

CREATE TEMP TABLE batch_access (
    document INTEGER, reader INTEGER, key TEXT, issued INTEGER, opened INTEGER,
    seen INTEGER, engaged INTEGER, depth INTEGER, origin TEXT, url TEXT,
    ended INTEGER, printed INTEGER,
    known_reader INTEGER, known_document INTEGER, known_version INTEGER);

CREATE TEMP TABLE batch_change (
    reading INTEGER, key TEXT, issued INTEGER, opened INTEGER, seen INTEGER,
    engaged INTEGER, depth INTEGER, origin TEXT, url TEXT,
    ended INTEGER, printed INTEGER,
    added INTEGER, engaged_added INTEGER, cached_added INTEGER);
