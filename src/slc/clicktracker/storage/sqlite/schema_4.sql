-- Version 4: downloaded_first and downloaded_last are when a file was delivered for the
-- first and the last time; that is a reading as well, also with count 0.
-- clicktracker_day has the accesses of a document by the day (UTC) on which their
-- tickets were issued, in days since 1970. engaged is the sum over the tickets of a
-- reading: with the views of one ticket together nobody was engaged for longer than from
-- its issue until the last of them was seen.

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

UPDATE clicktracker_reading SET engaged = clicktracker_reading.engaged - e.excess
FROM (
    SELECT t.reading AS reading, sum(t.engaged - t.passed) AS excess
    FROM (SELECT a.reading AS reading, sum(a.engaged) AS engaged,
                 max((max(a.seen) - a.issued) / 1000, 0) AS passed
          FROM clicktracker_access a
          GROUP BY a.reading, a.issued) t
    WHERE t.engaged > t.passed
    GROUP BY t.reading
) e
WHERE clicktracker_reading.id = e.reading;

PRAGMA user_version = 4;
