WITH sum AS (
    SELECT p.number, s.kind, s.thing, s.visits, s.views, s.time
    FROM (SELECT CAST(value ->> 0 AS bigint) AS number, CAST(value ->> 1 AS bigint) AS span, CAST(value ->> 2 AS bigint) AS first, CAST(value ->> 3 AS bigint) AS last FROM jsonb_array_elements(CAST(:pieces AS jsonb))) p
    CROSS JOIN LATERAL (SELECT s.* FROM clicktracker_sum s WHERE s.site = (SELECT id FROM clicktracker_site WHERE uid = :site) AND s.kind IN (8, 10, 11, 12, 15, 16) AND s.span = p.span
AND s.day BETWEEN p.first AND p.last OFFSET 0) s
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
    JOIN (SELECT CAST(value ->> 0 AS bigint) AS number, CAST(value ->> 1 AS bigint) AS span, CAST(value ->> 2 AS bigint) AS first, CAST(value ->> 3 AS bigint) AS last FROM jsonb_array_elements(CAST(:pieces AS jsonb))) p ON p.number = m.number
        AND 2 * m.reached >= m.total AND 2 * (m.reached - m.visits) <= m.total
    CROSS JOIN LATERAL (SELECT s.* FROM clicktracker_sum s WHERE s.site = (SELECT id FROM clicktracker_site WHERE uid = :site) AND s.kind = 9 AND s.span = p.span
AND s.day BETWEEN p.first AND p.last
AND s.thing BETWEEN 60 * m.thing AND 60 * m.thing + 59 OFFSET 0) s
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
FROM (SELECT CAST(value ->> 0 AS bigint) AS number, CAST(value ->> 1 AS bigint) AS span, CAST(value ->> 2 AS bigint) AS day, CAST(value ->> 3 AS bigint) AS first, CAST(value ->> 4 AS bigint) AS last FROM jsonb_array_elements(CAST(:earlier AS jsonb))) e
CROSS JOIN LATERAL (SELECT s.* FROM clicktracker_sum s WHERE s.site = (SELECT id FROM clicktracker_site WHERE uid = :site) AND s.kind IN (13, 14) AND s.span = e.span AND s.day = e.day
AND s.thing BETWEEN e.first AND e.last OFFSET 0) s
GROUP BY e.number, s.kind
UNION ALL
SELECT number, 9, min(CASE WHEN twice >= total THEN thing END),
       min(CASE WHEN twice > total THEN thing END), 0, 0
FROM ranked
GROUP BY number
