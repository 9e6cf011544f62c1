-- Version 4: downloaded_first and downloaded_last are when a file was delivered for the
-- first and the last time; that is a reading as well, also with count 0.
-- clicktracker_day has the accesses of a document by the day (UTC) on which their
-- tickets were issued, in days since 1970.

ALTER TABLE clicktracker_reading ADD COLUMN downloaded_first INTEGER;

ALTER TABLE clicktracker_reading ADD COLUMN downloaded_last INTEGER;

CREATE TABLE clicktracker_day (
    document INTEGER NOT NULL,
    day INTEGER NOT NULL,
    accesses INTEGER NOT NULL,
    PRIMARY KEY (document, day)
) WITHOUT ROWID;

-- Counted from the first of January of the year 1: a division is cut towards 0.
INSERT INTO clicktracker_day
SELECT g.document, (a.issued + 62135596800000000) / 86400000000 - 719162, count(*)
FROM clicktracker_access a
JOIN clicktracker_reading g ON g.id = a.reading
GROUP BY 1, 2;

PRAGMA user_version = 4;
