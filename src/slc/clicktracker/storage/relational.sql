-- What every relational storage asks, in SQL that SQLite and PostgreSQL share.
-- Blocks are found by name; {word} is another block or what a database has of
-- its own (storage/dialect.py).

-- name: here
(SELECT id FROM clicktracker_site WHERE uid = :site)

-- name: below
-- A range that an index answers: path_start is the indexed part of the path.
-- "0" is the character after "/", so that "/a/b" does not cover "/a/bc".
AND ((d.path_start = :place_start AND d.path = :place)
  OR (d.path_start >= :low_start AND d.path_start <= :high_start
      AND d.path >= :low AND d.path < :high))

-- name: log
SELECT r.member AS member, sum(u.count) AS count, max(u.last) AS lastaccess, u.url AS url
FROM clicktracker_document d
JOIN clicktracker_reading g ON g.document = d.id
JOIN clicktracker_reader r ON r.id = g.reader
JOIN clicktracker_reading_url u ON u.reading = g.id
WHERE d.site = {here} {covered}
GROUP BY r.member, u.url
ORDER BY {order} {direction}, r.member, u.url

-- name: latest_url
(SELECT u.url
 FROM clicktracker_reading v
 JOIN clicktracker_reading_url u ON u.reading = v.id
 WHERE v.document = m.document AND v.reader = m.reader
 ORDER BY u.last DESC, u.url LIMIT 1)

-- name: searched
AND ({contains}(r.name_key, :search) > 0 OR {contains}(r.id_key, :search) > 0)

-- name: ties
r.name_key, r.id_key, r.member, r.folder, r.generation, d.uid

-- name: readings
-- One statement, so that the total belongs to the rows; the page is empty
-- behind the end, and the total is still there.
WITH matching AS (
    SELECT g.document AS document, g.reader AS reader, sum(g.count) AS count,
           min(g.first) AS first, max(g.last) AS last, sum(g.engaged) AS engaged,
           max(g.depth) AS depth, sum(g.cached) AS cached
    FROM clicktracker_document d
    JOIN clicktracker_reading g ON g.document = d.id
    JOIN clicktracker_reader r ON r.id = g.reader
    WHERE d.site = {here} AND d.uid <> ''
      AND d.identity IN ({listed}) {found}
    GROUP BY g.document, g.reader
), page AS (
    SELECT m.document AS document, m.reader AS reader, m.count AS count,
           m.first AS first, m.last AS last, m.engaged AS engaged,
           m.depth AS depth, m.cached AS cached,
           {order} AS sorted_by
    FROM matching m
    JOIN clicktracker_reader r ON r.id = m.reader
    JOIN clicktracker_document d ON d.id = m.document
    ORDER BY sorted_by {direction}, {ties}
    LIMIT :size OFFSET :start
)
SELECT t.total, m.count, m.first, m.last, m.engaged, m.depth, m.cached,
       r.member, r.folder, r.name, r.retired, d.uid, d.path, d.title,
       {latest_url} AS url
FROM (SELECT count(*) AS total FROM matching) t
LEFT JOIN page m ON 1 = 1
LEFT JOIN clicktracker_reader r ON r.id = m.reader
LEFT JOIN clicktracker_document d ON d.id = m.document
ORDER BY m.sorted_by {direction}, {ties}

-- name: status
SELECT
    (SELECT count(*) FROM clicktracker_document d
     WHERE d.site = {here} AND d.uid <> '') AS documents,
    (SELECT count(*) FROM clicktracker_document d
     WHERE d.site = {here} AND d.uid = ''
       AND EXISTS (SELECT 1 FROM clicktracker_reading g WHERE g.document = d.id)
    ) AS old_addresses,
    (SELECT count(*) FROM clicktracker_reader r WHERE r.site = {here}) AS readers,
    (SELECT count(*) FROM clicktracker_reader r
     JOIN clicktracker_reading g ON g.reader = r.id WHERE r.site = {here}) AS readings,
    (SELECT coalesce(sum(g.count), 0) FROM clicktracker_reader r
     JOIN clicktracker_reading g ON g.reader = r.id WHERE r.site = {here}) AS accesses

-- name: document_at
SELECT d.uid FROM clicktracker_document d
WHERE d.site = {here} AND d.path_start = :path_start AND d.path = :path AND d.uid <> ''
ORDER BY d.path_at DESC, d.uid LIMIT 1

-- name: retire
UPDATE clicktracker_reader SET retired = :now
WHERE site = {here} AND folder = :folder AND member = :member AND retired IS NULL

-- name: add_retired
INSERT INTO clicktracker_reader
    (site, folder, member, generation, name, name_at, name_key, id_key, retired)
SELECT s.id, :folder, :member,
       coalesce((SELECT max(r.generation) FROM clicktracker_reader r
                 WHERE r.site = s.id AND r.folder = :folder
                   AND r.member = :member), 0) + 1,
       '', :now, :id_key, :id_key, :now
FROM clicktracker_site s WHERE s.uid = :site

-- name: forgotten
SELECT g.id FROM clicktracker_reader r
JOIN clicktracker_reading g ON g.reader = r.id
WHERE r.site = {here} AND r.folder = :folder AND r.member = :member

-- name: forget_accesses
DELETE FROM clicktracker_access WHERE reading IN ({forgotten})

-- name: forget_urls
DELETE FROM clicktracker_reading_url WHERE reading IN ({forgotten})

-- name: forget_readings
DELETE FROM clicktracker_reading WHERE id IN ({forgotten})

-- name: forget_reader
DELETE FROM clicktracker_reader
WHERE site = {here} AND folder = :folder AND member = :member

-- name: old_addresses
SELECT d.path, max(g.last) AS last
FROM clicktracker_site s
JOIN clicktracker_document d ON d.site = s.id
JOIN clicktracker_reading g ON g.document = d.id
WHERE s.uid = '' AND d.uid = '' {covered}
GROUP BY d.path
ORDER BY d.path

-- name: unclaimed
SELECT d.id, d.identity, d.path
FROM clicktracker_site s
JOIN clicktracker_document d ON d.site = s.id
WHERE s.uid = '' AND d.uid = '' {covered}
ORDER BY d.identity

-- name: add_site
INSERT INTO clicktracker_site (uid) VALUES (:site) ON CONFLICT DO NOTHING

-- name: site
SELECT id FROM clicktracker_site WHERE uid = :site

-- name: known_by_path
SELECT d.id, s.id AS site
FROM clicktracker_site s
JOIN clicktracker_document d ON d.site = s.id
WHERE s.uid IN (:site, '') AND d.identity = :identity
ORDER BY d.id

-- name: add_document
INSERT INTO clicktracker_document (site, uid, identity, path, path_at, title, title_at)
VALUES (:site, :uid, :identity, :path, :now, :title, :now)
ON CONFLICT (site, identity) DO UPDATE SET
    path = excluded.path, path_at = excluded.path_at,
    title = CASE WHEN excluded.title = '' THEN clicktracker_document.title
                 ELSE excluded.title END,
    title_at = CASE WHEN excluded.title = '' THEN clicktracker_document.title_at
                    ELSE excluded.title_at END

-- name: document
SELECT id FROM clicktracker_document WHERE site = :site AND identity = :identity

-- name: moving_readers
SELECT r.id, r.site, r.folder, r.member, r.name, r.name_at, max(g.last) AS last
FROM clicktracker_reading g
JOIN clicktracker_reader r ON r.id = g.reader
WHERE g.document = :source
GROUP BY r.id, r.site, r.folder, r.member, r.name, r.name_at
ORDER BY r.folder, r.member, r.generation

-- name: reader_at
SELECT id FROM clicktracker_reader
WHERE site = :site AND folder = :folder AND member = :member
  AND (retired IS NULL OR retired > :at)
ORDER BY generation LIMIT 1

-- name: add_reader
INSERT INTO clicktracker_reader
    (site, folder, member, generation, name, name_at, name_key, id_key)
SELECT :site, :folder, :member, coalesce(max(generation), 0) + 1,
       '', :at, :id_key, :id_key
FROM clicktracker_reader
WHERE site = :site AND folder = :folder AND member = :member

-- name: set_id_key
UPDATE clicktracker_reader
SET name_key = CASE WHEN name = '' THEN :id_key ELSE name_key END, id_key = :id_key
WHERE id = :reader AND id_key <> :id_key

-- name: set_name
UPDATE clicktracker_reader SET name = :name, name_at = :at, name_key = :name_key
WHERE id = :reader AND (name = '' OR name_at < :at OR (name_at = :at AND name < :name))

-- name: merge_versions
INSERT INTO clicktracker_version (document, label)
SELECT :target, label FROM clicktracker_version WHERE document = :source
ON CONFLICT DO NOTHING

-- name: merge_rows
INSERT INTO clicktracker_reading
    (document, version, reader, count, first, last, engaged, depth, cached)
SELECT :target, w.id, p.target, 0, min(g.first), max(g.last), 0, 0, 0
FROM clicktracker_reading g
JOIN ({pairs}) p ON p.source = g.reader
JOIN clicktracker_version v ON v.id = g.version
JOIN clicktracker_version w ON w.document = :target AND w.label = v.label
WHERE g.document = :source
GROUP BY w.id, p.target
ON CONFLICT DO NOTHING

-- name: moved
SELECT g.id AS source, h.id AS target
FROM clicktracker_reading g
JOIN ({pairs}) p ON p.source = g.reader
JOIN clicktracker_version v ON v.id = g.version
JOIN clicktracker_version w ON w.document = :target AND w.label = v.label
JOIN clicktracker_reading h
  ON h.document = :target AND h.reader = p.target AND h.version = w.id
WHERE g.document = :source

-- name: repeated
-- Accesses that both have: they came again after an earlier adoption.
({moved}) m
JOIN clicktracker_access a ON a.reading = m.source
JOIN clicktracker_access b
  ON b.reading = m.target AND b.key = a.key AND b.issued = a.issued

-- name: count_repeated
SELECT count(*) FROM {repeated}

-- name: repeated_readings
UPDATE clicktracker_reading SET
    count = clicktracker_reading.count - d.count,
    engaged = clicktracker_reading.engaged - d.engaged,
    cached = clicktracker_reading.cached - d.cached
FROM (
    SELECT m.source AS source, count(*) AS count,
           sum(CASE WHEN a.engaged < b.engaged THEN a.engaged ELSE b.engaged END)
               AS engaged,
           sum(CASE WHEN a.origin <> 'page' THEN 1 ELSE 0 END) AS cached
    FROM {repeated}
    GROUP BY m.source
) d
WHERE clicktracker_reading.id = d.source

-- name: repeated_urls
UPDATE clicktracker_reading_url SET count = clicktracker_reading_url.count - d.count
FROM (
    SELECT m.source AS source, a.url AS url, count(*) AS count
    FROM {repeated}
    GROUP BY m.source, a.url
) d
WHERE clicktracker_reading_url.reading = d.source
  AND clicktracker_reading_url.url = d.url

-- name: repeated_totals
UPDATE clicktracker_access SET
    opened = CASE WHEN d.opened < clicktracker_access.opened
                  THEN d.opened ELSE clicktracker_access.opened END,
    seen = CASE WHEN d.seen > clicktracker_access.seen
                THEN d.seen ELSE clicktracker_access.seen END,
    engaged = CASE WHEN d.engaged > clicktracker_access.engaged
                   THEN d.engaged ELSE clicktracker_access.engaged END,
    depth = CASE WHEN d.depth > clicktracker_access.depth
                 THEN d.depth ELSE clicktracker_access.depth END
FROM (
    SELECT m.target AS target, a.key AS key, a.issued AS issued, a.opened AS opened,
           a.seen AS seen, a.engaged AS engaged, a.depth AS depth
    FROM {repeated}
) d
WHERE clicktracker_access.reading = d.target
  AND clicktracker_access.key = d.key AND clicktracker_access.issued = d.issued

-- name: repeated_accesses
DELETE FROM clicktracker_access WHERE EXISTS (
    SELECT 1 FROM ({moved}) m
    JOIN clicktracker_access b
      ON b.reading = m.target AND b.key = clicktracker_access.key
     AND b.issued = clicktracker_access.issued
    WHERE m.source = clicktracker_access.reading)

-- name: merge_readings
UPDATE clicktracker_reading SET
    count = clicktracker_reading.count + a.count,
    first = CASE WHEN a.first < clicktracker_reading.first
                 THEN a.first ELSE clicktracker_reading.first END,
    last = CASE WHEN a.last > clicktracker_reading.last
                THEN a.last ELSE clicktracker_reading.last END,
    newest = CASE WHEN a.newest > clicktracker_reading.newest
                  THEN a.newest ELSE clicktracker_reading.newest END,
    engaged = clicktracker_reading.engaged + a.engaged,
    depth = CASE WHEN a.depth > clicktracker_reading.depth
                 THEN a.depth ELSE clicktracker_reading.depth END,
    cached = clicktracker_reading.cached + a.cached
FROM (
    SELECT m.target AS target, sum(o.count) AS count, min(o.first) AS first,
           max(o.last) AS last, max(o.newest) AS newest, sum(o.engaged) AS engaged,
           max(o.depth) AS depth, sum(o.cached) AS cached
    FROM ({moved}) m JOIN clicktracker_reading o ON o.id = m.source
    GROUP BY m.target
) a
WHERE clicktracker_reading.id = a.target

-- name: merge_urls
INSERT INTO clicktracker_reading_url (reading, url_key, url, count, first, last)
SELECT m.target, o.url_key, max(o.url), sum(o.count), min(o.first), max(o.last)
FROM ({moved}) m JOIN clicktracker_reading_url o ON o.reading = m.source
WHERE 1 = 1
GROUP BY m.target, o.url_key
ON CONFLICT (reading, url_key) DO UPDATE SET
    count = clicktracker_reading_url.count + excluded.count,
    first = CASE WHEN excluded.first < clicktracker_reading_url.first
                 THEN excluded.first ELSE clicktracker_reading_url.first END,
    last = CASE WHEN excluded.last > clicktracker_reading_url.last
                THEN excluded.last ELSE clicktracker_reading_url.last END

-- name: merge_accesses
UPDATE clicktracker_access SET reading = m.target
FROM ({moved}) m
WHERE clicktracker_access.reading = m.source

-- name: remove_urls
DELETE FROM clicktracker_reading_url
WHERE reading IN (SELECT id FROM clicktracker_reading WHERE document = :source)

-- name: remove_readings
DELETE FROM clicktracker_reading WHERE document = :source

-- name: remove_document
DELETE FROM clicktracker_document WHERE id = :source

-- name: remove_unused_readers
DELETE FROM clicktracker_reader
WHERE site = (SELECT id FROM clicktracker_site WHERE uid = '')
  AND NOT EXISTS (SELECT 1 FROM clicktracker_reading g
                  WHERE g.reader = clicktracker_reader.id)
