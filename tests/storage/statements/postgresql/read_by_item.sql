WITH items AS MATERIALIZED (
    SELECT DISTINCT i.item, i.audience, i.any_text, d.id AS document
    FROM (SELECT i.number - 1 AS item, CAST(i.value ->> 0 AS bigint) AS audience, CAST(i.value ->> 1 AS integer) AS any_text, u.value AS uid FROM jsonb_array_elements(CAST(:items AS jsonb)) WITH ORDINALITY AS i (value, number), jsonb_array_elements_text(i.value -> 2) AS u (value)) i
    CROSS JOIN clicktracker_document d
    WHERE d.site = (SELECT id FROM clicktracker_site WHERE uid = :site) AND d.identity = i.uid AND d.uid <> ''
), wanted AS MATERIALIZED (
    SELECT i.item, v.id AS version
    FROM items i
    JOIN clicktracker_version v ON v.document = i.document
    WHERE i.any_text = 1 OR (i.item, CASE v.digest WHEN '' THEN v.label ELSE v.digest END) IN (SELECT i.number - 1 AS item, t.value AS text FROM jsonb_array_elements(CAST(:items AS jsonb)) WITH ORDINALITY AS i (value, number), jsonb_array_elements_text(i.value -> 3) AS t (value))
), members AS MATERIALIZED (
    SELECT a.number - 1 AS audience, CAST(m.value AS bigint) AS reader FROM jsonb_array_elements(CAST(:audiences AS jsonb)) WITH ORDINALITY AS a (value, number), jsonb_array_elements_text(a.value) AS m (value)
), done AS (
    SELECT DISTINCT i.item, g.reader
    FROM items i
    CROSS JOIN clicktracker_reading g
    CROSS JOIN wanted w
    CROSS JOIN members m
    WHERE g.document = i.document
      AND w.item = i.item AND w.version = g.version
      AND m.audience = i.audience AND m.reader = g.reader
      AND CASE WHEN m.reader = g.reader THEN (g.oldest < timestamptz 'infinity' OR g.downloaded_first IS NOT NULL) END
      AND i.document IN (SELECT d.id FROM clicktracker_document d
                         WHERE d.site = (SELECT id FROM clicktracker_site WHERE uid = :site) AND d.identity IN (SELECT * FROM unnest(CAST(:documents AS text[]))))
)
SELECT item, count(*) AS readers FROM done GROUP BY item
