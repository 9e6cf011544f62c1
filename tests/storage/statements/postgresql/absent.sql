WITH expected AS MATERIALIZED (
    SELECT value ->> 0 AS folder, value ->> 1 AS member, value ->> 2 AS name, (value ->> 3) COLLATE "C" AS name_key, (value ->> 4) COLLATE "C" AS id_key FROM jsonb_array_elements(CAST(:expected AS jsonb))
), known AS MATERIALIZED (
    SELECT r.folder, r.member, max(g.served_last) AS served,
           max(CASE WHEN (g.oldest < timestamptz 'infinity' OR g.downloaded_first IS NOT NULL) THEN 1 ELSE 0 END) AS is_read
    FROM clicktracker_document d
    JOIN clicktracker_reading g ON g.document = d.id
    JOIN clicktracker_reader r ON r.id = g.reader
    WHERE d.site = (SELECT id FROM clicktracker_site WHERE uid = :site) AND d.uid <> '' AND d.identity IN (SELECT * FROM unnest(CAST(:documents AS text[])))
      AND r.retired IS NULL
    GROUP BY r.folder, r.member
), missing AS (
    SELECT r.folder AS folder, r.member AS member, r.name AS name,
           r.name_key AS name_key, r.id_key AS id_key, k.served AS served
    FROM expected r
    LEFT JOIN known k ON k.folder = r.folder AND k.member = r.member
    WHERE coalesce(k.is_read, 0) = 0
), page AS (
    SELECT * FROM missing
    ORDER BY name_key, id_key, member, folder
    LIMIT :size OFFSET :start
)
SELECT t.total, m.folder, m.member, m.name, m.served
FROM (SELECT count(*) AS total FROM missing) t
LEFT JOIN page m ON 1 = 1
ORDER BY m.name_key, m.id_key, m.member, m.folder
