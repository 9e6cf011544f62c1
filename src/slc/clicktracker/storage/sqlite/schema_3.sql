-- Version 3: what evidence is made of. A version is a label and a digest, and known
-- since its earliest ticket was issued. oldest is when the oldest ticket of the
-- accesses of a reading was issued, served_first and served_last when the first and
-- the last was that was noted as served. A reading without accesses (count 0) is one
-- that was served and never called back; its first, last and oldest are placeholders.

ALTER TABLE clicktracker_reading
    ADD COLUMN oldest INTEGER NOT NULL DEFAULT 9223372036854775807;

ALTER TABLE clicktracker_reading ADD COLUMN ended INTEGER NOT NULL DEFAULT 0;

ALTER TABLE clicktracker_reading ADD COLUMN printed INTEGER NOT NULL DEFAULT 0;

ALTER TABLE clicktracker_reading ADD COLUMN served_first INTEGER;

ALTER TABLE clicktracker_reading ADD COLUMN served_last INTEGER;

ALTER TABLE clicktracker_access ADD COLUMN ended INTEGER NOT NULL DEFAULT 0;

ALTER TABLE clicktracker_access ADD COLUMN printed INTEGER NOT NULL DEFAULT 0;

-- Where the accesses are not there any more, the first one opened is the next best.
UPDATE clicktracker_reading SET oldest = coalesce(
    (SELECT min(issued) FROM clicktracker_access
     WHERE reading = clicktracker_reading.id), first);

ALTER TABLE clicktracker_version RENAME TO clicktracker_version_2;

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

-- One whose readers are all forgotten was there when its document was last served.
INSERT INTO clicktracker_version
SELECT v.id, v.document, v.label, v.digest, coalesce(v.words, 0), v.title,
       coalesce((SELECT min(g.oldest) FROM clicktracker_reading g
                 WHERE g.document = v.document AND g.version = v.id), d.path_at)
FROM clicktracker_version_2 v
JOIN clicktracker_document d ON d.id = v.document;

DROP TABLE clicktracker_version_2;

PRAGMA user_version = 3;
