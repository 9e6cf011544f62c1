WITH items AS MATERIALIZED (
    SELECT DISTINCT i.item, i.audience, i.any_text, d.id AS document
    FROM (SELECT i.key AS item, json_extract(i.value, '$[0]') AS audience, json_extract(i.value, '$[1]') AS any_text, u.value AS uid FROM json_each(:items) i, json_each(i.value, '$[2]') u) i
    CROSS JOIN clicktracker_document d
    WHERE d.site = (SELECT id FROM clicktracker_site WHERE uid = :site) AND d.identity = i.uid AND d.uid <> ''
), wanted AS MATERIALIZED (
    SELECT i.item, v.id AS version
    FROM items i
    JOIN clicktracker_version v ON v.document = i.document
    WHERE i.any_text = 1 OR (i.item, CASE v.digest WHEN '' THEN v.label ELSE v.digest END) IN (SELECT i.key AS item, t.value AS text FROM json_each(:items) i, json_each(i.value, '$[3]') t)
), members AS MATERIALIZED (
    SELECT a.key AS audience, CAST(m.value AS INTEGER) AS reader FROM json_each(:audiences) a, json_each(a.value) m
), done AS (
    SELECT DISTINCT i.item, g.reader
    FROM items i
    CROSS JOIN clicktracker_reading g
    CROSS JOIN wanted w
    CROSS JOIN members m
    WHERE g.document = i.document
      AND w.item = i.item AND w.version = g.version
      AND m.audience = i.audience AND m.reader = g.reader
      AND CASE WHEN m.reader = g.reader THEN (g.count > 0 OR g.downloaded_last IS NOT NULL) END
      AND i.document IN (SELECT d.id FROM clicktracker_document d
                         WHERE d.site = (SELECT id FROM clicktracker_site WHERE uid = :site) AND d.identity IN (SELECT value FROM json_each(:documents)))
)
SELECT item, count(*) AS readers FROM done GROUP BY item
