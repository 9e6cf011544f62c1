-- What members do: one row for each event, in no sum of any kind.

-- name: event_columns
key, member, cohort, kind, occurred, document, path, portal_type, detail, data

-- name: add_events
-- The same key may come twice in what is sent. SQLite needs the WHERE to tell ON CONFLICT
-- from a join.
INSERT INTO clicktracker_event (site, {event_columns})
SELECT s.id, {event_columns}
FROM ({sent_events}) n CROSS JOIN clicktracker_site s
WHERE s.uid = :site
ON CONFLICT (site, key) DO NOTHING

-- name: left_members
-- Those of some members whose accounts were deleted, and when the last one was.
SELECT r.member, max(r.retired) AS retired
FROM clicktracker_reader r
WHERE r.site = {here} AND r.folder = '' AND r.member IN ({listed})
  AND r.retired IS NOT NULL
GROUP BY r.member

-- name: events
SELECT {event_columns}
FROM clicktracker_event e
WHERE e.site = {here} AND e.occurred >= :since AND e.occurred < :until
  {of_reader} {of_cohort}
ORDER BY e.member, e.occurred, e.key

-- name: old_events
SELECT count(*) AS number FROM clicktracker_event e
WHERE e.site = {here} AND e.occurred < :before

-- name: drop_events
DELETE FROM clicktracker_event WHERE site = {here} AND key IN (
    SELECT e.key FROM clicktracker_event e
    WHERE e.site = {here} AND e.occurred < :before
    ORDER BY e.occurred
    LIMIT :most)

-- name: forget_events
DELETE FROM clicktracker_event
WHERE site = {here} AND member = :member AND occurred <= :until
