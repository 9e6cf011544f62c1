WITH sum AS (
    SELECT p.number, s.kind, s.thing, s.visits, s.views, s.time
    FROM (SELECT json_extract(value, '$[0]') AS number, json_extract(value, '$[1]') AS span, json_extract(value, '$[2]') AS first, json_extract(value, '$[3]') AS last FROM json_each(:pieces)) p
    CROSS JOIN clicktracker_sum s ON s.site = (SELECT id FROM clicktracker_site WHERE uid = :site) AND s.kind IN (8, 10, 11, 12, 15, 16) AND s.span = p.span
AND s.day BETWEEN p.first AND p.last
), minute AS (
    SELECT number, thing, visits,
           sum(visits) OVER (PARTITION BY number ORDER BY thing) AS reached,
           sum(visits) OVER (PARTITION BY number) AS total
    FROM (SELECT number, thing, sum(visits) AS visits
          FROM sum WHERE kind = 15
          GROUP BY number, thing) m
), second AS (
    SELECT m.number, m.thing AS minute, s.thing, m.reached - m.visits AS before, m.total,
           sum(s.visits) AS visits
    FROM minute m
    JOIN (SELECT json_extract(value, '$[0]') AS number, json_extract(value, '$[1]') AS span, json_extract(value, '$[2]') AS first, json_extract(value, '$[3]') AS last FROM json_each(:pieces)) p ON p.number = m.number
        AND 2 * m.reached >= m.total AND 2 * (m.reached - m.visits) <= m.total
    CROSS JOIN clicktracker_sum s ON s.site = (SELECT id FROM clicktracker_site WHERE uid = :site) AND s.kind = 9 AND s.span = p.span
AND s.day BETWEEN p.first AND p.last
AND s.thing BETWEEN 60 * m.thing AND 60 * m.thing + 59
    GROUP BY m.number, m.thing, s.thing, m.reached, m.visits, m.total
), ranked AS (
    SELECT number, thing, total,
           2 * (before + sum(visits) OVER (PARTITION BY number, minute ORDER BY thing))
               AS twice
    FROM second
)
SELECT number, kind, thing, sum(visits) AS visits, sum(views) AS views, sum(time) AS time
FROM sum
WHERE kind <> 15
GROUP BY number, kind, thing
UNION ALL
SELECT e.number, s.kind, 0, sum(s.visits), 0, 0
FROM (SELECT json_extract(value, '$[0]') AS number, json_extract(value, '$[1]') AS span, json_extract(value, '$[2]') AS day, json_extract(value, '$[3]') AS first, json_extract(value, '$[4]') AS last FROM json_each(:earlier)) e
CROSS JOIN clicktracker_sum s ON s.site = (SELECT id FROM clicktracker_site WHERE uid = :site) AND s.kind IN (13, 14) AND s.span = e.span AND s.day = e.day
AND s.thing BETWEEN e.first AND e.last
GROUP BY e.number, s.kind
UNION ALL
SELECT number, 9, min(CASE WHEN twice >= total THEN thing END),
       min(CASE WHEN twice > total THEN thing END), 0, 0
FROM ranked
GROUP BY number
