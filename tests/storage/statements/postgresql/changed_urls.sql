SELECT g.document, g.reader, u.url
FROM (SELECT CAST(value ->> 0 AS bigint) AS document, CAST(value ->> 1 AS bigint) AS reader FROM jsonb_array_elements(CAST(:changes AS jsonb))) c
    JOIN clicktracker_reading g ON g.document = c.document + 0 AND g.reader = c.reader + 0
JOIN clicktracker_document d ON d.id = g.document AND d.uid <> ''
JOIN clicktracker_reading_url u ON u.reading = g.id
GROUP BY g.document, g.reader, u.url
ORDER BY max(u.last), u.url DESC
