-- What every relational storage is asked besides lists of readings, in SQL that SQLite
-- and PostgreSQL share. Words that are not here are in relational.sql, or what a
-- database has of its own (storage/relational/dialect.py).

-- name: of_reader
clicktracker_reader r
    JOIN clicktracker_reading g ON g.reader = r.id
    JOIN clicktracker_document d
      ON d.id = g.document AND d.uid <> '' AND d.identity IN ({listed})
    JOIN clicktracker_version v ON v.id = g.version
    WHERE r.site = {here} AND r.folder = :folder AND r.member = :member
      AND r.generation = :generation

-- name: versions_read
-- Times of what was never opened are placeholders.
SELECT d.uid, v.label, v.digest, v.words, g.count, g.depth, g.ended, g.printed,
       g.engaged, g.served_first, g.served_last, g.downloaded_first, g.downloaded_last,
       CASE WHEN g.count > 0 THEN g.first END AS first,
       CASE WHEN g.count > 0 THEN g.last END AS last,
       CASE WHEN g.count > 0 THEN g.oldest END AS oldest,
       r.name, r.retired
FROM {of_reader}

-- name: accesses
-- One statement, so that the total belongs to the rows; the page is empty
-- behind the end, and the total is still there.
WITH found AS (
    SELECT g.id AS reading, d.uid, d.path, d.title, v.label, v.digest, v.words
    FROM {of_reader}
), page AS (
    SELECT f.*, a.key, a.issued, a.opened, a.seen, a.engaged, a.depth, a.origin, a.url,
           a.ended, a.printed
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

-- name: texts_shown
-- Where accesses are not there any more, newest may be of none of them.
SELECT d.uid AS uid, {text} AS text,
       min(CASE WHEN g.count > 0 THEN g.oldest END) AS opened_first,
       max(CASE WHEN g.count > 0 THEN {greatest}(g.newest, g.oldest) END)
           AS opened_last,
       min(g.served_first) AS served_first, max(g.served_last) AS served_last,
       min(g.downloaded_first) AS downloaded_first,
       max(g.downloaded_last) AS downloaded_last,
       count(DISTINCT CASE WHEN r.member <> '' AND {is_read} THEN g.reader END)
           AS readers
FROM {asked} {with_version}
GROUP BY d.uid, {text}

-- name: labels
SELECT d.uid AS uid, {text} AS text, v.label AS label
FROM clicktracker_document d
JOIN clicktracker_version v ON v.document = d.id
WHERE d.site = {here} AND d.uid <> '' AND d.identity IN ({listed})

-- name: document_uids
SELECT d.uid AS uid FROM clicktracker_document d WHERE d.site = {here} AND d.uid <> ''

-- name: read_documents
SELECT d.uid AS uid, d.path AS path, d.title AS title, {last_read} AS last,
       count(DISTINCT CASE WHEN r.member <> '' THEN g.reader END) AS readers
FROM {asked}
WHERE {is_read}
GROUP BY d.uid, d.path, d.title
ORDER BY last DESC, d.uid

-- name: depths
SELECT p.depth AS depth, count(*) AS readers
FROM (SELECT max(g.depth) AS depth
      FROM {asked} {with_version}
      WHERE g.count > 0 {newest}
      GROUP BY g.document, g.reader) p
GROUP BY p.depth
ORDER BY p.depth

-- name: first_readings
-- Of the earlier of two moments, of which one may be missing, the day.
SELECT {day} AS day, count(*) AS readers
FROM (SELECT {least}(coalesce(p.first, p.downloaded),
                     coalesce(p.downloaded, p.first)) AS issued
      FROM (SELECT min(CASE WHEN g.count > 0 THEN g.first END) AS first,
                   min(g.downloaded_first) AS downloaded
            FROM {asked} {with_version}
            WHERE {is_read} {newest}
            GROUP BY {once_for}) p) a
GROUP BY {day}
ORDER BY day

-- name: days
clicktracker_day x
    WHERE x.document IN (
        SELECT d.id FROM clicktracker_document d
        WHERE d.site = {here} AND d.uid <> '' AND d.identity IN ({listed}))
      AND x.day >= :since AND x.day <= :until

-- name: activity_by_day
SELECT x.day AS day, sum(x.accesses) AS accesses
FROM {days}
GROUP BY x.day
HAVING sum(x.accesses) > 0
ORDER BY x.day

-- name: activity_by_document
SELECT d.uid AS uid, x.accesses AS accesses
FROM (
    SELECT x.document AS document, sum(x.accesses) AS accesses
    FROM {days}
    GROUP BY x.document
    HAVING sum(x.accesses) > 0
) x
JOIN clicktracker_document d ON d.id = x.document
ORDER BY accesses DESC, d.uid

-- name: read_items
-- Who of which audience has read what: each reader once for an item, of however many
-- documents and versions. What is expected is put down first. MATERIALIZED, as the
-- planners don't know how many there are, and would take them apart again and again;
-- CROSS JOIN, as SQLite then takes one after the other, and looks at the readings of each
-- document once. That the documents are listed says nothing new, but tells PostgreSQL's
-- planner how few they are.
items AS MATERIALIZED (
    SELECT DISTINCT i.item, i.audience, i.any_text, d.id AS document
    FROM ({items}) i
    CROSS JOIN clicktracker_document d
    WHERE d.site = {here} AND d.identity = i.uid AND d.uid <> ''
), wanted AS MATERIALIZED (
    SELECT i.item, v.id AS version
    FROM items i
    JOIN clicktracker_version v ON v.document = i.document
    WHERE i.any_text = 1 OR (i.item, {text}) IN ({item_texts})
), members AS MATERIALIZED (
    {members}
), done AS (
    SELECT DISTINCT i.item, g.reader
    FROM items i
    CROSS JOIN clicktracker_reading g
    CROSS JOIN wanted w
    CROSS JOIN members m
    WHERE g.document = i.document
      AND w.item = i.item AND w.version = g.version
      AND m.audience = i.audience AND m.reader = g.reader
      -- Asked last, of those that count, as SQLite has it in no index.
      AND CASE WHEN m.reader = g.reader THEN {is_read} END
      AND i.document IN (SELECT d.id FROM clicktracker_document d
                         WHERE d.site = {here} AND d.identity IN ({listed}))
)

-- name: accounts
SELECT e.folder, e.member, r.id
FROM ({expected}) e
CROSS JOIN clicktracker_reader r
WHERE r.site = {here} AND r.folder = e.folder AND r.member = e.member
  AND r.retired IS NULL

-- name: read_by_item
WITH {read_items}
SELECT item, count(*) AS readers FROM done GROUP BY item

-- name: read_by_reader
WITH {read_items}
SELECT reader, count(*) AS items FROM done GROUP BY reader
