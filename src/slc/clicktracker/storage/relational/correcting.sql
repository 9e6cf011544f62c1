-- Accounts that are closed, and readers who are forgotten.

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

-- name: forget_days
-- Days whose accesses are not there any more keep their number, which names nobody.
UPDATE clicktracker_day SET accesses = clicktracker_day.accesses - f.accesses
FROM (
    SELECT g.document AS document, {day} AS day, count(*) AS accesses
    FROM clicktracker_reading g
    JOIN clicktracker_access a ON a.reading = g.id
    WHERE g.id IN ({forgotten})
    GROUP BY g.document, {day}
) f
WHERE clicktracker_day.document = f.document AND clicktracker_day.day = f.day

-- name: forget_empty_days
DELETE FROM clicktracker_day
WHERE accesses < 1 AND document IN (
    SELECT g.document FROM clicktracker_reading g WHERE g.id IN ({forgotten}))

-- name: forget_accesses
DELETE FROM clicktracker_access WHERE reading IN ({forgotten})

-- name: forget_urls
DELETE FROM clicktracker_reading_url WHERE reading IN ({forgotten})

-- name: forget_served
-- What was served and never opened is no reading, and not counted as one.
DELETE FROM clicktracker_reading
WHERE count = 0 AND downloaded_last IS NULL AND acknowledged IS NULL
  AND attested IS NULL AND id IN ({forgotten})

-- name: forget_readings
DELETE FROM clicktracker_reading WHERE id IN ({forgotten})

-- name: forget_reader
DELETE FROM clicktracker_reader
WHERE site = {here} AND folder = :folder AND member = :member
