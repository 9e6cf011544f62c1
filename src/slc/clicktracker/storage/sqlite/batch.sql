-- Where a connection puts the batch that it is about to record: tables of its
-- own, empty between batches. A batch fits into this cache, so it stays in memory. What
-- a long list is sorted in need not: all that is temporary in memory would be 100 MB
-- for the export of 200,000 readings.

PRAGMA temp_store = FILE;
PRAGMA temp.cache_size = -32768;

CREATE TEMP TABLE batch_document (
    document INTEGER PRIMARY KEY, uid TEXT, identity TEXT, path TEXT, title TEXT,
    version TEXT, digest TEXT, words INTEGER, issued INTEGER, since INTEGER);

CREATE TEMP TABLE batch_reader (
    reader INTEGER PRIMARY KEY, folder TEXT, member TEXT, name TEXT, name_key TEXT,
    id_key TEXT, issued INTEGER);

CREATE TEMP TABLE batch_access (
    document INTEGER, reader INTEGER, key TEXT, issued INTEGER, opened INTEGER,
    seen INTEGER, engaged INTEGER, depth INTEGER, origin TEXT, url TEXT,
    marks INTEGER, known_reader INTEGER, known_document INTEGER,
    known_version INTEGER);

CREATE TEMP TABLE batch_change (
    reading INTEGER, key TEXT, issued INTEGER, opened INTEGER, seen INTEGER,
    engaged INTEGER, depth INTEGER, origin TEXT, url TEXT,
    marks INTEGER, added INTEGER, cached_added INTEGER);
