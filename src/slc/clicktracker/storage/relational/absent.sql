-- Who of those that are expected has read nothing.

-- name: absent
-- One statement, so that the total belongs to the rows. MATERIALIZED, as the planner
-- doesn't know how many are expected, and would take them apart again and again.
WITH expected AS MATERIALIZED (
    {expected}
), known AS MATERIALIZED (
    SELECT r.folder, r.member, max(g.served_last) AS served,
           max(CASE WHEN {is_read} THEN 1 ELSE 0 END) AS is_read
    FROM clicktracker_document d
    JOIN clicktracker_reading g ON g.document = d.id
    JOIN clicktracker_reader r ON r.id = g.reader
    WHERE d.site = {here} AND d.uid <> '' AND d.identity IN ({listed})
      AND r.retired IS NULL
    GROUP BY r.folder, r.member
), missing AS (
    SELECT r.folder AS folder, r.member AS member, r.name AS name,
           r.name_key AS name_key, r.id_key AS id_key, k.served AS served
    FROM expected r
    LEFT JOIN known k ON k.folder = r.folder AND k.member = r.member
    WHERE coalesce(k.is_read, 0) = 0 {found}
), page AS (
    SELECT * FROM missing
    ORDER BY name_key, id_key, member, folder
    LIMIT :size OFFSET :start
)
SELECT t.total, m.folder, m.member, m.name, m.served
FROM (SELECT count(*) AS total FROM missing) t
LEFT JOIN page m ON 1 = 1
ORDER BY m.name_key, m.id_key, m.member, m.folder
