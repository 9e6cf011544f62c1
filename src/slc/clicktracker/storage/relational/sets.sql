-- Sets of readers: made of readings, and made anew where something was recorded.

-- name: has_changes
SELECT 1 FROM clicktracker_change WHERE site = {here} LIMIT 1

-- name: derived
SELECT v.stamp, v.people, v.places, v.least_seconds, v.pace,
       CASE WHEN EXISTS ({has_changes}) THEN 1 ELSE 0 END AS is_behind
FROM clicktracker_derived v
WHERE v.site = {here}

-- name: add_derived
INSERT INTO clicktracker_derived (site, stamp, people, places, least_seconds, pace)
SELECT id, 0, 0, 0, :least, :pace FROM clicktracker_site WHERE uid = :site
ON CONFLICT DO NOTHING

-- name: set_derived
UPDATE clicktracker_derived
SET stamp = :stamp, people = :people, places = :places, least_seconds = :least, pace = :pace
WHERE site = {here}

-- name: forget_changes
DELETE FROM clicktracker_change WHERE site = {here} AND document IS NOT NULL

-- name: everything_changes
INSERT INTO clicktracker_change (site, document, reader)
SELECT d.site, d.id, NULL FROM clicktracker_document d
WHERE d.site = {here} AND d.uid <> ''
  AND (EXISTS (SELECT 1 FROM clicktracker_reading g WHERE g.document = d.id)
       OR EXISTS (SELECT 1 FROM clicktracker_day y WHERE y.document = d.id))

-- name: document_changes
INSERT INTO clicktracker_change (site, document, reader)
SELECT d.site, d.id, NULL FROM clicktracker_document d WHERE d.id = :document

-- name: reader_changes
INSERT INTO clicktracker_change (site, document, reader)
SELECT r.site, g.document, r.id
FROM clicktracker_reader r
JOIN clicktracker_reading g ON g.reader = r.id
WHERE r.site = {here} AND r.folder = :folder AND r.member = :member
UNION ALL
SELECT r.site, NULL, r.id FROM clicktracker_reader r
WHERE r.site = {here} AND r.folder = :folder AND r.member = :member

-- name: taken_changes
DELETE FROM clicktracker_change WHERE {row} IN (
    SELECT c.{row} FROM clicktracker_change c
    WHERE c.site = {here} AND {kind} LIMIT :most)
RETURNING document, reader

-- name: of_documents
c.document IS NOT NULL AND c.reader IS NULL

-- name: of_readers
c.reader IS NOT NULL

-- name: text_states
-- How far readers are with each text, which is as long as the longest of the versions
-- that showed it.
SELECT p.document, p.reader, p.text, p.newest, p.served, p.downloaded,
       {level} AS level, CASE WHEN r.member = '' THEN p.opened END AS visits,
       p.first, p.last, p.opened AS count, p.engaged, p.acknowledged, p.attested
FROM (
    SELECT g.document AS document, g.reader AS reader, {text} AS text,
           {newest_us} AS newest, {first_us} AS first, {last_us} AS last,
           {acknowledged_us} AS acknowledged, {attested_us} AS attested,
           max(CASE WHEN g.count > 0 OR g.served_last IS NOT NULL THEN 1 ELSE 0 END)
               AS served,
           max(CASE WHEN g.downloaded_last IS NOT NULL THEN 1 ELSE 0 END) AS downloaded,
           CASE WHEN sum(g.engaged) > 0
                THEN {least}(CAST(sum(g.engaged) AS bigint), {greatest}({elapsed}, 0))
                ELSE 0 END AS engaged,
           CAST(sum(g.count) AS bigint) AS opened, {all_marks} AS marks,
           max(CASE v.digest WHEN '' THEN v.words ELSE (
               SELECT max(w.words) FROM clicktracker_version w
               WHERE w.document = v.document AND w.digest = v.digest) END) AS words
    FROM {changed}
    JOIN clicktracker_document d ON d.id = g.document {but_old}
    JOIN clicktracker_version v ON v.id = g.version
    GROUP BY g.document, g.reader, {text}
) p
JOIN clicktracker_reader r ON r.id = p.reader AND r.site = {here}

-- name: changed_readings
({sent_changes}) c
    JOIN clicktracker_reading g ON g.document = c.document + 0 AND g.reader = c.reader + 0

-- name: changed_documents
({sent_numbers}) c
    JOIN clicktracker_reading g ON g.document = c.id

-- name: newest_of_texts
SELECT g.document, {text} AS text, {newest_us} AS newest
FROM ({sent_numbers}) c
JOIN clicktracker_reading g ON g.document = c.id
JOIN clicktracker_version v ON v.id = g.version
GROUP BY g.document, {text}

-- name: known_places
SELECT p.reader, p.place FROM ({sent_numbers}) n
JOIN clicktracker_place p ON p.reader = n.id

-- name: add_places
INSERT INTO clicktracker_place (reader, place)
SELECT n.reader, n.place FROM ({sent_reader_places}) n

-- name: urls_of_readings
-- The one that a reading has comes last: of the latest access.
SELECT g.document, g.reader, u.url
FROM {changed}
JOIN clicktracker_document d ON d.id = g.document AND d.uid <> ''
JOIN clicktracker_reading_url u ON u.reading = g.id
GROUP BY g.document, g.reader, u.url
ORDER BY max(u.last), u.url DESC

-- name: sets_of_documents
SELECT d.id, s.sets, s.orders FROM ({sent_numbers}) n
JOIN clicktracker_document d ON d.id = n.id AND d.uid <> ''
LEFT JOIN clicktracker_sets s ON s.document = d.id

-- name: kept_of_documents
SELECT d.id, {kept} AS kept FROM ({sent_numbers}) n
JOIN clicktracker_document d ON d.id = n.id AND d.uid <> ''
JOIN clicktracker_sets s ON s.document = d.id

-- name: days_of_documents
-- A row for each document, as there are very many of a day.
SELECT y.document, {days_in_one} AS days FROM ({sent_numbers}) n {found_days}
GROUP BY y.document

-- name: is_day_of
y.document = n.id + 0

-- name: put_sets
INSERT INTO clicktracker_sets (document, site, stamp, readings, accesses, sets, orders)
SELECT d.id, d.site, :stamp, {readings_of_document}, {accesses_of_document}, :sets, :orders
FROM clicktracker_document d WHERE d.id = :document
ON CONFLICT (document) DO UPDATE SET
    stamp = excluded.stamp, readings = excluded.readings, accesses = excluded.accesses,
    sets = excluded.sets, orders = excluded.orders

-- name: stamps_of_documents
SELECT s.document, s.stamp FROM clicktracker_sets s WHERE s.site = {here}

-- name: uids
SELECT d.id, d.uid FROM ({sent_numbers}) n JOIN clicktracker_document d ON d.id = n.id

-- name: people
SELECT p.place, r.id, r.folder, r.member, r.generation, r.name_key, r.id_key,
       CASE WHEN r.retired IS NULL THEN 0 ELSE 1 END AS former
FROM clicktracker_reader r
JOIN clicktracker_place p ON p.reader = r.id
WHERE r.site = {here}

-- name: needed
{greatest}(:least, p.words * CAST(60000 AS bigint) / :pace)

-- name: served
SELECT g.reader AS reader, max(g.served_last) AS served
FROM ({sent_numbers}) n
JOIN clicktracker_reading g ON g.reader = n.id
JOIN clicktracker_document d ON d.id = g.document + 0
WHERE d.site = {here} AND d.uid <> '' AND d.identity IN ({listed})
GROUP BY g.reader
