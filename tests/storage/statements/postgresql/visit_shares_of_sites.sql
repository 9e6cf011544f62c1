WITH total AS MATERIALIZED (
    SELECT s.thing, sum(s.visits) AS visits, sum(s.views) AS views, sum(s.time) AS time
    FROM (SELECT CAST(value ->> 0 AS bigint) AS number, CAST(value ->> 1 AS bigint) AS span, CAST(value ->> 2 AS bigint) AS first, CAST(value ->> 3 AS bigint) AS last FROM jsonb_array_elements(CAST(:pieces AS jsonb))) p
    CROSS JOIN LATERAL (SELECT s.* FROM clicktracker_sum s WHERE s.site = (SELECT id FROM clicktracker_site WHERE uid = :site) AND s.kind = :kind AND s.span = p.span
AND s.day BETWEEN p.first AND p.last OFFSET 0) s
    GROUP BY s.thing
), few AS (
    SELECT min(most) AS least
    FROM (SELECT t.visits AS most FROM total t ORDER BY t.visits DESC LIMIT :reach) m
), page AS (
    SELECT t.thing, t.visits, t.views, t.time
    FROM few
    JOIN total t ON t.visits >= few.least
    CROSS JOIN LATERAL (SELECT g.* FROM clicktracker_word g WHERE g.id = t.thing OFFSET 0) g
    ORDER BY t.visits DESC, g.word
    LIMIT :size OFFSET :start
)
SELECT n.total, page.thing, page.visits, page.views, page.time, g.word
FROM (SELECT count(*) AS total FROM total) n
LEFT JOIN page ON 1 = 1
LEFT JOIN clicktracker_word g ON g.id = page.thing
ORDER BY page.visits DESC, g.word
