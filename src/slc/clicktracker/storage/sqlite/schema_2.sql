-- Version 2: accesses are found by their ticket, of which not more than some are
-- recorded. newest is when the newest ticket of a reading was issued.

ALTER TABLE clicktracker_reading
    ADD COLUMN newest INTEGER NOT NULL DEFAULT -9223372036854775808;

UPDATE clicktracker_reading SET newest = coalesce(
    (SELECT max(issued) FROM clicktracker_access
     WHERE reading = clicktracker_reading.id), newest);

ALTER TABLE clicktracker_access RENAME TO clicktracker_access_1;

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
    PRIMARY KEY (reading, issued, key)
) WITHOUT ROWID;

INSERT INTO clicktracker_access
SELECT reading, key, issued, opened, seen, engaged, depth, origin, url
FROM clicktracker_access_1
ORDER BY reading, issued, key;

DROP TABLE clicktracker_access_1;

PRAGMA user_version = 2;
