-- Recording a batch into SQLite, in the steps and the order of
-- storage/relational/recording.py, as clicktracker_record in sql/db.sql does. The
-- tables batch_… are made by batch.sql.

-- name: send_documents
INSERT INTO batch_document VALUES
    (:document, :uid, :identity, :path, :title, :version, :digest, :words, :issued,
     :since)

-- name: send_readers
INSERT INTO batch_reader VALUES
    (:reader, :folder, :member, :name, :name_key, :id_key, :issued)

-- name: send_accesses
INSERT INTO batch_access VALUES
    (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, NULL, NULL, NULL)

-- name: send_served
-- These are no accesses: "compare" leaves them out, ...
INSERT INTO batch_access (document, reader, issued, origin) VALUES (?, ?, ?, 'served')

-- name: send_downloaded
-- ... and these, too.
INSERT INTO batch_access (document, reader, issued, origin)
VALUES (?, ?, ?, 'downloaded')

-- name: here
(SELECT id FROM clicktracker_site WHERE uid = :site)

-- name: add_site
INSERT INTO clicktracker_site (uid) VALUES (:site) ON CONFLICT DO NOTHING

-- name: add_documents
-- path_at before all times: the step "paths" finds out which path is newest.
INSERT INTO clicktracker_document (site, uid, identity, path, path_at, title, title_at)
SELECT {here}, uid, identity, path, -4611686018427387904, '', 0
FROM batch_document
WHERE 1 = 1
ON CONFLICT DO NOTHING

-- name: add_versions
INSERT INTO clicktracker_version (document, label, digest, words, since)
SELECT d.id, b.version, b.digest, max(b.words), min(b.since)
FROM batch_document b
JOIN clicktracker_document d ON d.site = {here} AND d.identity = b.identity
WHERE 1 = 1
GROUP BY d.id, b.version, b.digest
ON CONFLICT (document, label, digest) DO UPDATE SET
    words = max(clicktracker_version.words, excluded.words),
    since = min(clicktracker_version.since, excluded.since)
WHERE excluded.words > clicktracker_version.words
   OR excluded.since < clicktracker_version.since

-- name: add_readers
-- A reader for those who have none yet at the time of their newest ticket.
INSERT INTO clicktracker_reader
    (site, folder, member, generation, name, name_at, name_key, id_key)
SELECT {here}, n.folder, n.member,
       coalesce((SELECT max(r.generation) FROM clicktracker_reader r
                 WHERE r.site = {here} AND r.folder = n.folder
                   AND r.member = n.member), 0) + 1,
       '', 0, n.id_key, n.id_key
FROM (
    SELECT folder, member, id_key, max(issued) AS issued
    FROM batch_reader GROUP BY folder, member, id_key
) n
WHERE NOT EXISTS (
    SELECT 1 FROM clicktracker_reader r
    WHERE r.site = {here} AND r.folder = n.folder AND r.member = n.member
      AND (r.retired IS NULL OR r.retired > n.issued))

-- name: resolve
-- The reader is the one of the id who was there when the ticket was issued.
UPDATE batch_access SET
    known_reader = (
        SELECT r.id FROM batch_reader b
        JOIN clicktracker_reader r
          ON r.site = {here} AND r.folder = b.folder AND r.member = b.member
        WHERE b.reader = batch_access.reader
          AND (r.retired IS NULL OR r.retired > batch_access.issued)
        ORDER BY r.generation LIMIT 1),
    known_document = v.document,
    known_version = v.id
FROM batch_document b
JOIN clicktracker_document d ON d.site = {here} AND d.identity = b.identity
JOIN clicktracker_version v
  ON v.document = d.id AND v.label = b.version AND v.digest = b.digest
WHERE b.document = batch_access.document

-- name: add_readings
INSERT INTO clicktracker_reading
    (document, version, reader, count, first, last, engaged, depth, cached)
SELECT DISTINCT known_document, known_version, known_reader, 0, 9223372036854775807,
       -9223372036854775808, 0, 0, 0
FROM batch_access
WHERE 1 = 1
ON CONFLICT DO NOTHING

-- name: changes
-- What sets of readers have to learn of.
INSERT INTO clicktracker_change (site, document, reader)
SELECT DISTINCT {here}, known_document, known_reader FROM batch_access

-- name: notes
UPDATE clicktracker_reading SET
    served_first = min(coalesce(clicktracker_reading.served_first, n.served_first),
                       coalesce(n.served_first, clicktracker_reading.served_first)),
    served_last = max(coalesce(clicktracker_reading.served_last, n.served_last),
                      coalesce(n.served_last, clicktracker_reading.served_last)),
    downloaded_first = min(
        coalesce(clicktracker_reading.downloaded_first, n.downloaded_first),
        coalesce(n.downloaded_first, clicktracker_reading.downloaded_first)),
    downloaded_last = max(
        coalesce(clicktracker_reading.downloaded_last, n.downloaded_last),
        coalesce(n.downloaded_last, clicktracker_reading.downloaded_last))
FROM (
    SELECT known_document, known_reader, known_version,
           min(issued) FILTER (WHERE origin = 'served') AS served_first,
           max(issued) FILTER (WHERE origin = 'served') AS served_last,
           min(issued) FILTER (WHERE origin = 'downloaded') AS downloaded_first,
           max(issued) FILTER (WHERE origin = 'downloaded') AS downloaded_last
    FROM batch_access
    WHERE origin IN ('served', 'downloaded')
    GROUP BY known_document, known_reader, known_version
) n
WHERE clicktracker_reading.document = n.known_document
  AND clicktracker_reading.reader = n.known_reader
  AND clicktracker_reading.version = n.known_version

-- name: compare
-- One row a key, although a batch may hold it twice, and whether it is new. Of readings
-- only what is needed, so that the marks are those of the batch.
INSERT INTO batch_change
SELECT s.reading, s.key, s.issued, s.opened, s.seen, s.engaged, s.depth, s.origin,
       coalesce(o.url, s.url), s.marks, o.key IS NULL,
       o.key IS NULL AND s.origin <> 'page'
FROM (
    SELECT g.id AS reading, b.key, b.issued, min(b.opened) AS opened,
           max(b.seen) AS seen, max(b.engaged) AS engaged, max(b.depth) AS depth,
           min(b.origin) AS origin, min(b.url) AS url, {all_marks} AS marks
    FROM batch_access b
    JOIN (SELECT id, document, reader, version FROM clicktracker_reading) g
      ON g.document = b.known_document AND g.reader = b.known_reader
     AND g.version = b.known_version
    WHERE b.origin NOT IN ('served', 'downloaded')
    GROUP BY g.id, b.key, b.issued
) s
LEFT JOIN clicktracker_access o
  ON o.reading = s.reading AND o.key = s.key AND o.issued = s.issued

-- name: leave_out
-- Of a ticket, that is, of a reading and a time of issue, only some are recorded.
DELETE FROM batch_change WHERE rowid IN (
    SELECT c.number
    FROM (
        SELECT rowid AS number, reading, issued,
               row_number() OVER (PARTITION BY reading, issued ORDER BY key) AS place
        FROM batch_change WHERE added
    ) c
    WHERE c.place > :views - (
        SELECT count(*) FROM clicktracker_access o
        WHERE o.reading = c.reading AND o.issued = c.issued))

-- name: engaged
-- The time of the tickets of the batch: the views of one together last no longer than
-- from its issue until the last of them was seen.
SELECT t.reading AS reading, sum(t.engaged) AS engaged
FROM (
    SELECT a.reading AS reading,
           min(sum(a.engaged), max((max(a.seen) - a.issued) / 1000, 0)) AS engaged
    FROM (SELECT DISTINCT reading, issued FROM batch_change) c
    CROSS JOIN clicktracker_access a ON a.reading = c.reading AND a.issued = c.issued
    GROUP BY a.reading, a.issued
) t
GROUP BY t.reading

-- name: subtract_engaged
-- As it was before the batch ...
UPDATE clicktracker_reading SET engaged = clicktracker_reading.engaged - e.engaged
FROM ({engaged}) e
WHERE clicktracker_reading.id = e.reading

-- name: add_accesses
INSERT INTO clicktracker_access
    (reading, key, issued, opened, seen, engaged, depth, origin, url, marks)
SELECT reading, key, issued, opened, seen, engaged, depth, origin, url, marks
FROM batch_change
WHERE 1 = 1
ON CONFLICT (reading, issued, key) DO UPDATE SET
    opened = min(clicktracker_access.opened, excluded.opened),
    seen = max(clicktracker_access.seen, excluded.seen),
    engaged = max(clicktracker_access.engaged, excluded.engaged),
    depth = max(clicktracker_access.depth, excluded.depth),
    marks = clicktracker_access.marks | excluded.marks

-- name: add_engaged
-- ... and as it is afterwards. (Accesses of other tickets may not be there any more.)
UPDATE clicktracker_reading SET engaged = clicktracker_reading.engaged + e.engaged
FROM ({engaged}) e
WHERE clicktracker_reading.id = e.reading

-- name: sum_readings
UPDATE clicktracker_reading SET
    count = clicktracker_reading.count + c.added,
    first = min(clicktracker_reading.first, c.opened),
    last = max(clicktracker_reading.last, c.seen),
    depth = max(clicktracker_reading.depth, c.depth),
    cached = clicktracker_reading.cached + c.cached_added,
    oldest = min(clicktracker_reading.oldest, c.oldest),
    newest = max(clicktracker_reading.newest, c.newest),
    marks = clicktracker_reading.marks | c.marks
FROM (
    SELECT reading, sum(added) AS added, min(opened) AS opened, max(seen) AS seen,
           max(depth) AS depth, sum(cached_added) AS cached_added,
           min(issued) AS oldest, max(issued) AS newest, {all_marks} AS marks
    FROM batch_change GROUP BY reading
) c
WHERE clicktracker_reading.id = c.reading

-- name: sum_urls
INSERT INTO clicktracker_reading_url (reading, url_key, url, count, first, last)
SELECT reading, clicktracker_url_key(url), url, sum(added), min(opened), max(seen)
FROM batch_change
WHERE 1 = 1
GROUP BY reading, url
ON CONFLICT (reading, url_key) DO UPDATE SET
    count = clicktracker_reading_url.count + excluded.count,
    first = min(clicktracker_reading_url.first, excluded.first),
    last = max(clicktracker_reading_url.last, excluded.last)

-- name: paths
-- Which path a document has is decided by the newest ticket.
UPDATE clicktracker_document SET path = n.path, path_at = n.issued
FROM (
    SELECT identity, path, issued,
           row_number() OVER (PARTITION BY identity
                              ORDER BY issued DESC, path DESC) AS place
    FROM batch_document
) n
WHERE n.place = 1 AND clicktracker_document.site = {here}
  AND clicktracker_document.identity = n.identity
  AND (n.issued, n.path) > (clicktracker_document.path_at, clicktracker_document.path)

-- name: titles
-- An empty title says nothing.
UPDATE clicktracker_document SET title = n.title, title_at = n.issued
FROM (
    SELECT identity, title, issued,
           row_number() OVER (PARTITION BY identity
                              ORDER BY issued DESC, title DESC) AS place
    FROM batch_document WHERE title <> ''
) n
WHERE n.place = 1 AND clicktracker_document.site = {here}
  AND clicktracker_document.identity = n.identity
  AND (clicktracker_document.title = '' OR (n.issued, n.title)
       > (clicktracker_document.title_at, clicktracker_document.title))

-- name: names
UPDATE clicktracker_reader SET name = n.name, name_at = n.issued, name_key = n.name_key
FROM (
    SELECT a.known_reader, b.name, b.name_key, a.issued,
           row_number() OVER (PARTITION BY a.known_reader
                              ORDER BY a.issued DESC, b.name DESC) AS place
    FROM batch_access a JOIN batch_reader b ON b.reader = a.reader
    WHERE b.name <> ''
) n
WHERE n.place = 1 AND clicktracker_reader.id = n.known_reader
  AND (clicktracker_reader.name = '' OR (n.issued, n.name)
       > (clicktracker_reader.name_at, clicktracker_reader.name))

-- name: days
-- By the day (UTC) of the ticket, counted from the first of January of the year 1: a
-- division is cut towards 0.
INSERT INTO clicktracker_day (document, day, accesses)
SELECT g.document, (c.issued + 62135596800000000) / 86400000000 - 719162, count(*)
FROM batch_change c
JOIN clicktracker_reading g ON g.id = c.reading
WHERE c.added
GROUP BY 1, 2
ON CONFLICT (document, day) DO UPDATE SET
    accesses = clicktracker_day.accesses + excluded.accesses

-- name: empty_documents
DELETE FROM batch_document

-- name: empty_readers
DELETE FROM batch_reader

-- name: empty_accesses
DELETE FROM batch_access

-- name: empty_changes
DELETE FROM batch_change
