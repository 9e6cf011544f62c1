-- Old addresses, and how their readings are given to a document (adoption.py has the
-- order).

-- name: old_addresses
SELECT d.path, {last_read} AS last
FROM clicktracker_site s
JOIN clicktracker_document d ON d.site = s.id
JOIN clicktracker_reading g ON g.document = d.id
WHERE s.uid = '' AND d.uid = '' AND {is_read} {covered}
GROUP BY d.path
ORDER BY d.path

-- name: unclaimed
SELECT d.id, d.identity, d.path
FROM clicktracker_site s
JOIN clicktracker_document d ON d.site = s.id
WHERE s.uid = '' AND d.uid = '' {covered}
ORDER BY d.identity

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
SELECT r.id, r.site, r.folder, r.member, r.name, r.name_at,
       max(CASE WHEN {is_read}
                THEN {greatest}(g.last, coalesce(g.downloaded_last, g.last))
                ELSE g.served_last END) AS last,
       sum(CASE WHEN {is_read} THEN 1 ELSE 0 END) AS readings
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
INSERT INTO clicktracker_version (document, label, digest, words, since)
SELECT :target, label, digest, words, since
FROM clicktracker_version WHERE document = :source
ON CONFLICT (document, label, digest) DO UPDATE SET
    words = {greatest}(clicktracker_version.words, excluded.words),
    since = {least}(clicktracker_version.since, excluded.since)

-- name: merge_rows
INSERT INTO clicktracker_reading
    (document, version, reader, count, first, last, engaged, depth, cached)
SELECT :target, w.id, p.target, 0, min(g.first), max(g.last), 0, 0, 0
FROM clicktracker_reading g
JOIN ({pairs}) p ON p.source = g.reader
JOIN clicktracker_version v ON v.id = g.version
JOIN clicktracker_version w
  ON w.document = :target AND w.label = v.label AND w.digest = v.digest
WHERE g.document = :source
GROUP BY w.id, p.target
ON CONFLICT DO NOTHING

-- name: moved
SELECT g.id AS source, h.id AS target
FROM clicktracker_reading g
JOIN ({pairs}) p ON p.source = g.reader
JOIN clicktracker_version v ON v.id = g.version
JOIN clicktracker_version w
  ON w.document = :target AND w.label = v.label AND w.digest = v.digest
JOIN clicktracker_reading h
  ON h.document = :target AND h.reader = p.target AND h.version = w.id
WHERE g.document = :source

-- name: repeated
-- Accesses that both have: they came again after an earlier adoption.
({moved}) m
JOIN clicktracker_access a ON a.reading = m.source
JOIN clicktracker_access b
  ON b.reading = m.target AND b.key = a.key AND b.issued = a.issued

-- name: engaged_of_moved
-- The time of the tickets that are known, in both documents.
SELECT e.reading AS reading, sum(e.engaged) AS engaged
FROM (
    SELECT a.reading AS reading, {least}(CAST(sum(a.engaged) AS bigint), {lasted}) AS engaged
    FROM clicktracker_access a
    WHERE a.reading IN (SELECT m.source FROM ({moved}) m UNION
                        SELECT m.target FROM ({moved}) m)
    GROUP BY a.reading, a.issued
) e
GROUP BY e.reading

-- name: subtract_engaged
-- A ticket may be in both: its time is found anew when all views are together.
UPDATE clicktracker_reading SET engaged = clicktracker_reading.engaged - e.engaged
FROM ({engaged_of_moved}) e
WHERE clicktracker_reading.id = e.reading

-- name: add_engaged
UPDATE clicktracker_reading SET engaged = clicktracker_reading.engaged + e.engaged
FROM ({engaged_of_moved}) e
WHERE clicktracker_reading.id = e.reading

-- name: count_repeated
SELECT count(*) FROM {repeated}

-- name: repeated_readings
UPDATE clicktracker_reading SET
    count = clicktracker_reading.count - d.count,
    cached = clicktracker_reading.cached - d.cached
FROM (
    SELECT m.source AS source, count(*) AS count,
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
    opened = {least}(clicktracker_access.opened, d.opened),
    seen = {greatest}(clicktracker_access.seen, d.seen),
    engaged = {greatest}(clicktracker_access.engaged, d.engaged),
    depth = {greatest}(clicktracker_access.depth, d.depth),
    marks = clicktracker_access.marks | d.marks
FROM (
    SELECT m.target AS target, a.key AS key, a.issued AS issued, a.opened AS opened,
           a.seen AS seen, a.engaged AS engaged, a.depth AS depth, a.marks AS marks
    FROM {repeated}
) d
WHERE clicktracker_access.reading = d.target
  AND clicktracker_access.key = d.key AND clicktracker_access.issued = d.issued

-- name: repeated_days
UPDATE clicktracker_day SET accesses = clicktracker_day.accesses - d.accesses
FROM (
    SELECT {day} AS day, count(*) AS accesses
    FROM {repeated}
    GROUP BY {day}
) d
WHERE clicktracker_day.document = :source AND clicktracker_day.day = d.day

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
    first = {least}(clicktracker_reading.first, a.first),
    last = {greatest}(clicktracker_reading.last, a.last),
    oldest = {least}(clicktracker_reading.oldest, a.oldest),
    newest = {greatest}(clicktracker_reading.newest, a.newest),
    engaged = clicktracker_reading.engaged + a.engaged,
    depth = {greatest}(clicktracker_reading.depth, a.depth),
    cached = clicktracker_reading.cached + a.cached,
    marks = clicktracker_reading.marks | a.marks,
    served_first = {least}(coalesce(clicktracker_reading.served_first, a.served_first),
                           coalesce(a.served_first, clicktracker_reading.served_first)),
    served_last = {greatest}(coalesce(clicktracker_reading.served_last, a.served_last),
                             coalesce(a.served_last, clicktracker_reading.served_last)),
    downloaded_first = {least}(
        coalesce(clicktracker_reading.downloaded_first, a.downloaded_first),
        coalesce(a.downloaded_first, clicktracker_reading.downloaded_first)),
    downloaded_last = {greatest}(
        coalesce(clicktracker_reading.downloaded_last, a.downloaded_last),
        coalesce(a.downloaded_last, clicktracker_reading.downloaded_last))
FROM (
    SELECT m.target AS target, sum(o.count) AS count, min(o.first) AS first,
           max(o.last) AS last, min(o.oldest) AS oldest, max(o.newest) AS newest,
           sum(o.engaged) AS engaged, max(o.depth) AS depth, sum(o.cached) AS cached,
           {all_marks} AS marks, min(o.served_first) AS served_first,
           max(o.served_last) AS served_last,
           min(o.downloaded_first) AS downloaded_first,
           max(o.downloaded_last) AS downloaded_last
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
    first = {least}(clicktracker_reading_url.first, excluded.first),
    last = {greatest}(clicktracker_reading_url.last, excluded.last)

-- name: merge_accesses
UPDATE clicktracker_access SET reading = m.target
FROM ({moved}) m
WHERE clicktracker_access.reading = m.source

-- name: merge_days
INSERT INTO clicktracker_day (document, day, accesses)
SELECT :target, day, accesses FROM clicktracker_day
WHERE document = :source AND accesses > 0
ON CONFLICT (document, day) DO UPDATE SET
    accesses = clicktracker_day.accesses + excluded.accesses

-- name: remove_days
DELETE FROM clicktracker_day WHERE document = :source

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
  AND NOT EXISTS (SELECT 1 FROM clicktracker_view w
                  WHERE w.reader = clicktracker_reader.id)
  AND NOT EXISTS (SELECT 1 FROM clicktracker_visit i
                  WHERE i.reader = clicktracker_reader.id)
  AND NOT EXISTS (SELECT 1 FROM clicktracker_acknowledgement k
                  WHERE k.reader = clicktracker_reader.id)
