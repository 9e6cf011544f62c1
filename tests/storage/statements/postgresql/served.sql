SELECT g.reader AS reader, max(g.served_last) AS served
FROM (SELECT CAST(value ->> 0 AS bigint) AS id FROM jsonb_array_elements(CAST(:numbers AS jsonb))) n
JOIN clicktracker_reading g ON g.reader = n.id
JOIN clicktracker_document d ON d.id = g.document + 0
WHERE d.site = (SELECT id FROM clicktracker_site WHERE uid = :site) AND d.uid <> '' AND d.identity IN (SELECT * FROM unnest(CAST(:documents AS text[])))
GROUP BY g.reader
