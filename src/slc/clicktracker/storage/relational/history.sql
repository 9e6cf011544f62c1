-- What is known of one reader.

-- name: of_reader
clicktracker_reader r
    JOIN clicktracker_reading g ON g.reader = r.id
    JOIN clicktracker_document d
      ON d.id = g.document AND d.uid <> '' AND d.identity IN ({listed})
    JOIN clicktracker_version v ON v.id = g.version
    WHERE r.site = {here} AND r.folder = :folder AND r.member = :member
      AND {of_account}

-- name: one_account
r.generation = :generation

-- name: account_of_now
r.retired IS NULL

-- name: versions_read
-- Times of what was never opened are placeholders.
SELECT d.uid, {text} AS text, {first_label} AS label, v.digest,
       {words_of_text} AS words, g.count, g.depth, g.marks, g.engaged,
       g.served_first, g.served_last, g.downloaded_first, g.downloaded_last,
       CASE WHEN g.count > 0 THEN g.first END AS first,
       CASE WHEN g.count > 0 THEN g.last END AS last,
       CASE WHEN g.count > 0 THEN g.oldest END AS oldest,
       g.acknowledged, g.attested, r.name, r.retired
FROM {of_reader}

-- name: accesses
-- One statement, so that the total belongs to the rows; the page is empty
-- behind the end, and the total is still there.
WITH found AS (
    SELECT g.id AS reading, d.uid, d.path, d.title, {first_label} AS label, v.digest,
           v.words
    FROM {of_reader}
), page AS (
    SELECT f.*, a.key, a.issued, a.opened, a.seen, a.engaged, a.depth, a.origin, a.url,
           a.marks
    FROM found f
    JOIN clicktracker_access a ON a.reading = f.reading
    ORDER BY a.opened DESC, a.issued DESC, a.key, f.uid, f.label, f.digest
    LIMIT :size OFFSET :start
)
SELECT t.total, p.*
FROM (SELECT count(*) AS total
      FROM found f JOIN clicktracker_access a ON a.reading = f.reading) t
LEFT JOIN page p ON 1 = 1
ORDER BY p.opened DESC, p.issued DESC, p.key, p.uid, p.label, p.digest
