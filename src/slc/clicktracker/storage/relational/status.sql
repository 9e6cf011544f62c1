-- What there is of a site.

-- name: readings_of_document
(SELECT count(*) FROM clicktracker_reading g WHERE g.document = d.id AND {is_read})

-- name: accesses_of_document
(SELECT coalesce(sum(y.accesses), 0) FROM clicktracker_day y WHERE y.document = d.id)

-- name: status
-- Of most documents it is known with their sets of readers. The others are counted: those
-- of which something was recorded since, and old addresses.
WITH known AS (
    SELECT s.document AS document, s.readings AS readings, s.accesses AS accesses
    FROM clicktracker_sets s
    WHERE s.site = {here} AND s.document NOT IN (
        SELECT c.document FROM clicktracker_change c
        WHERE c.site = {here} AND c.document IS NOT NULL)
), counted AS (
    SELECT d.uid AS uid, {readings_of_document} AS readings,
           {accesses_of_document} AS accesses
    FROM clicktracker_document d
    WHERE d.site = {here} AND d.id NOT IN (SELECT k.document FROM known k)
), everything AS (
    SELECT 1 AS has_uid, k.readings AS readings, k.accesses AS accesses FROM known k
    UNION ALL
    SELECT CASE WHEN o.uid = '' THEN 0 ELSE 1 END, o.readings, o.accesses FROM counted o
)
SELECT
    coalesce(sum(e.has_uid), 0) AS documents,
    coalesce(sum(CASE WHEN e.has_uid = 0 AND e.readings > 0 THEN 1 ELSE 0 END), 0)
        AS old_addresses,
    (SELECT count(*) FROM clicktracker_reader r
     WHERE r.site = {here} AND r.member <> ''
       AND EXISTS (SELECT 1 FROM clicktracker_reading g WHERE g.reader = r.id)
    ) AS readers,
    coalesce(sum(e.readings), 0) AS readings,
    coalesce(sum(e.accesses), 0) AS accesses
FROM everything e
