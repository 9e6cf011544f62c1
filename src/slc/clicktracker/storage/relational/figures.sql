-- How deep readers got, when they came, and how much was read by day.

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
