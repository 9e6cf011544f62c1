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

-- name: remember_forgotten
INSERT INTO clicktracker_forgotten (site, account, forgotten)
SELECT s.id, :account, :until FROM clicktracker_site s WHERE s.uid = :site
ON CONFLICT (site, account) DO UPDATE SET forgotten = excluded.forgotten
WHERE clicktracker_forgotten.forgotten < excluded.forgotten

-- name: refused
-- What of a batch is not recorded any more: of nearly all batches there is no row.
SELECT f.account, f.forgotten AS until
FROM clicktracker_forgotten f
WHERE f.site = {here} AND f.forgotten > :since
UNION ALL
SELECT '' AS account, k.readings_from AS until
FROM clicktracker_kept k
WHERE k.site = {here} AND k.readings_from > :since

-- name: pseudonymise
-- All of them are closed accounts then: who comes with the id is somebody else. They come
-- after those that have the pseudonym already, of a time when not all could be forgotten.
UPDATE clicktracker_reader SET
    generation = generation + (SELECT coalesce(max(p.generation), 0) FROM clicktracker_reader p
                               WHERE p.site = {here} AND p.folder = ''
                                 AND p.member = :pseudonym),
    folder = '', member = :pseudonym, name = '', name_key = :id_key, id_key = :id_key,
    retired = coalesce(retired, :now)
WHERE site = {here} AND folder = :folder AND member = :member

-- name: pseudonymise_vouching
UPDATE clicktracker_acknowledgement SET by_folder = '', by_member = :pseudonym, by_name = ''
WHERE site = {here} AND by_folder = :folder AND by_member = :member AND at <= :until

-- name: count_readings_of
SELECT count(*) FROM clicktracker_reading g
WHERE g.id IN ({forgotten}) AND {is_read}

-- name: divided
-- Who had the id at a time, or got it first after that.
SELECT r.id, r.generation FROM clicktracker_reader r
WHERE r.site = {here} AND r.folder = :folder AND r.member = :member
  AND (r.retired IS NULL OR r.retired > :until)
ORDER BY r.generation
LIMIT 1

-- name: set_aside
UPDATE clicktracker_reader SET member = :aside, generation = generation + 1
WHERE site = {here} AND folder = :folder AND member = :member AND generation > :generation

-- name: add_newcomer
-- The name may have been that of whoever had the id before.
INSERT INTO clicktracker_reader
    (site, folder, member, generation, name, name_at, name_key, id_key, retired)
SELECT r.site, r.folder, :aside, r.generation + 1,
       CASE WHEN r.name_at > :until THEN r.name ELSE '' END, r.name_at,
       CASE WHEN r.name_at > :until THEN r.name_key ELSE r.id_key END, r.id_key, r.retired
FROM clicktracker_reader r WHERE r.id = :divided
RETURNING id

-- name: end_divided
UPDATE clicktracker_reader SET retired = :until WHERE id = :divided

-- name: move_readings
-- What one and the same reading has of both can't be told apart any more.
UPDATE clicktracker_reading SET reader = :newcomer
WHERE reader = :divided AND oldest > :until
  AND coalesce(served_first, :late) > :until AND coalesce(downloaded_first, :late) > :until
  AND coalesce(acknowledged, :late) > :until AND coalesce(attested, :late) > :until

-- name: move_acknowledgements
UPDATE clicktracker_acknowledgement SET reader = :newcomer
WHERE reader = :divided AND at > :until AND NOT EXISTS (
    SELECT 1 FROM clicktracker_reading g
    WHERE g.document = clicktracker_acknowledgement.document AND g.reader = :divided
      AND g.version = clicktracker_acknowledgement.version)

-- name: move_goals
UPDATE clicktracker_goal SET reader = :newcomer WHERE reader = :divided AND since > :until

-- name: remove_nobody
DELETE FROM clicktracker_reader
WHERE id = :newcomer
  AND NOT EXISTS (SELECT 1 FROM clicktracker_reading g WHERE g.reader = :newcomer)
  AND NOT EXISTS (SELECT 1 FROM clicktracker_acknowledgement k WHERE k.reader = :newcomer)
  AND NOT EXISTS (SELECT 1 FROM clicktracker_goal w WHERE w.reader = :newcomer)

-- name: put_back
UPDATE clicktracker_reader SET member = :member
WHERE site = {here} AND folder = :folder AND member = :aside

-- name: traces
SELECT (SELECT count(*) FROM clicktracker_reading g WHERE g.id IN ({forgotten})) AS readings,
       (SELECT count(*) FROM clicktracker_access a WHERE a.reading IN ({forgotten})) AS accesses,
       (SELECT count(*) FROM clicktracker_view v WHERE v.reader IN ({accounts_of})) AS page_views,
       (SELECT count(*) FROM clicktracker_visit i WHERE i.reader IN ({accounts_of})) AS visits,
       (SELECT count(*) FROM clicktracker_event e
        WHERE e.site = {here} AND e.member = :member AND :folder = '') AS events,
       (SELECT count(*) FROM clicktracker_hit h
        WHERE h.site = {here} AND h.folder = :folder AND h.member = :member) AS hits,
       (SELECT count(*) FROM clicktracker_goal w WHERE w.reader IN ({accounts_of})) AS goals,
       (SELECT count(*) FROM clicktracker_acknowledgement k
        WHERE k.site = {here} AND (k.reader IN ({accounts_of})
              OR (k.by_folder = :folder AND k.by_member = :member))) AS acknowledgements,
       (SELECT count(*) FROM clicktracker_exposure x
        WHERE x.site = {here} AND x.folder = :folder AND x.member = :member) AS exposures

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
