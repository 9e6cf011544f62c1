-- What is removed of readings after some time (reading_retention.py).

-- name: keep_readings_from
INSERT INTO clicktracker_kept (site, readings_from)
SELECT s.id, :before FROM clicktracker_site s WHERE s.uid = :site
ON CONFLICT (site) DO UPDATE SET readings_from = {greatest}(
    coalesce(clicktracker_kept.readings_from, excluded.readings_from),
    excluded.readings_from)

-- name: keep_accesses_from
INSERT INTO clicktracker_kept (site, accesses_from)
SELECT s.id, :before FROM clicktracker_site s WHERE s.uid = :site
ON CONFLICT (site) DO UPDATE SET accesses_from = {greatest}(
    coalesce(clicktracker_kept.accesses_from, excluded.accesses_from),
    excluded.accesses_from)

-- name: accesses_gone
SELECT k.accesses_from FROM clicktracker_kept k
WHERE k.site = {here} AND k.accesses_from IS NOT NULL

-- name: documents_here
SELECT d.id FROM clicktracker_document d WHERE d.site = {here} ORDER BY d.id

-- name: is_old_access
a.issued < :before AND a.issued >= :since

-- name: old_accesses
SELECT count(*) AS number
FROM clicktracker_document d
JOIN clicktracker_reading g ON g.document = d.id
JOIN clicktracker_access a ON a.reading = g.id
WHERE d.site = {here} AND g.oldest < :before AND g.newest >= :since AND {is_old_access}

-- name: readings_with_old_accesses
-- When the oldest and the newest ticket was issued is in the row: most need not be looked up.
SELECT g.id, count(*) AS accesses
FROM clicktracker_reading g
JOIN clicktracker_access a ON a.reading = g.id
WHERE g.document = :document AND g.oldest < :before AND g.newest >= :since
  AND {is_old_access}
GROUP BY g.id
ORDER BY g.id
LIMIT :most

-- name: remove_old_accesses
DELETE FROM clicktracker_access
WHERE reading IN (SELECT n.id FROM ({sent_numbers}) n)
  AND issued < :before AND issued >= :since

-- name: changes_of_readings
INSERT INTO clicktracker_change (site, document, reader)
SELECT {here}, c.document, c.reader FROM ({sent_changes}) c

-- name: readings_gone
SELECT g.id FROM ({sent_changes}) c
JOIN clicktracker_reading g ON g.document = c.document + 0 AND g.reader = c.reader + 0

-- name: remove_accesses_gone
DELETE FROM clicktracker_access WHERE reading IN ({readings_gone})

-- name: remove_urls_gone
DELETE FROM clicktracker_reading_url WHERE reading IN ({readings_gone})

-- name: remove_goals_gone
DELETE FROM clicktracker_goal
WHERE EXISTS (SELECT 1 FROM ({sent_changes}) c
              WHERE c.document = clicktracker_goal.document
                AND c.reader = clicktracker_goal.reader)

-- name: remove_acknowledgements_gone
DELETE FROM clicktracker_acknowledgement
WHERE EXISTS (SELECT 1 FROM ({sent_changes}) c
              WHERE c.document = clicktracker_acknowledgement.document
                AND c.reader = clicktracker_acknowledgement.reader)

-- name: remove_readings_gone
DELETE FROM clicktracker_reading WHERE id IN ({readings_gone})

-- name: is_old_day
y.day < {day_of_before}

-- name: day_of_before
(SELECT {day} FROM (SELECT {before_moment} AS issued) a)

-- name: old_days
SELECT count(*) AS number
FROM clicktracker_document d JOIN clicktracker_day y ON y.document = d.id
WHERE d.site = {here} AND {is_old_day}

-- name: documents_with_old_days
SELECT d.id, count(*) AS days
FROM clicktracker_document d JOIN clicktracker_day y ON y.document = d.id
WHERE d.site = {here} AND {is_old_day}
GROUP BY d.id
ORDER BY d.id
LIMIT :most

-- name: changes_of_documents
INSERT INTO clicktracker_change (site, document, reader)
SELECT {here}, n.id, NULL FROM ({sent_numbers}) n

-- name: remove_old_days
DELETE FROM clicktracker_day
WHERE document IN (SELECT n.id FROM ({sent_numbers}) n)
  AND day < {day_of_before}
