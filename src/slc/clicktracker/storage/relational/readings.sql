-- Readings of which it is known whose they are, and of which document: many of them are
-- looked for at once, each by the index of its key.

-- name: readings_by_key
-- What there is of each: a row for each of its versions. Times of readings without accesses
-- are infinite, so time is reckoned with only where there was any. (+ 0, as SQLite would
-- rather go through all readings than look for some of them)
SELECT x.number, g.version, g.count,
       CASE WHEN {is_seen} THEN {least}(g.first, coalesce(g.downloaded_first, g.first)) END
           AS first,
       CASE WHEN {is_seen} THEN {greatest}(g.last, coalesce(g.downloaded_last, g.last)) END
           AS last,
       g.downloaded_last, g.engaged,
       CASE WHEN g.count > 0 THEN {begun_us} END AS begun,
       CASE WHEN g.count > 0 THEN {ended_us} END AS ended,
       g.depth, g.cached, g.marks, g.acknowledged, g.attested
FROM ({sent_readings}) x {found_readings}

-- name: is_listed
g.document = x.document + 0 AND g.reader = x.reader + 0 AND {is_read}

-- name: names_of_readers
SELECT r.id, r.name FROM ({sent_numbers}) n JOIN clicktracker_reader r ON r.id = n.id

-- name: documents
SELECT d.id, d.uid, d.path, d.title FROM clicktracker_document d
WHERE d.site = {here} AND d.uid <> '' AND d.identity IN ({listed})

-- name: versions_of_documents
SELECT v.document, v.id, v.label, v.digest, v.words, {text} AS text
FROM clicktracker_document d
JOIN clicktracker_version v ON v.document = d.id
WHERE d.site = {here} AND d.uid <> '' AND d.identity IN ({listed})
