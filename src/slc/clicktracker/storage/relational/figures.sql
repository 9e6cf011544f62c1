-- How deep readers got, and when they came.

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
            WHERE {is_seen} {newest}
            GROUP BY {once_for}) p) a
GROUP BY {day}
ORDER BY day
