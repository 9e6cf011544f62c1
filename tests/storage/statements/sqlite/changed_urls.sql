SELECT g.document, g.reader, u.url
FROM (SELECT json_extract(value, '$[0]') AS document, json_extract(value, '$[1]') AS reader FROM json_each(:changes)) c
    JOIN clicktracker_reading g ON g.document = c.document + 0 AND g.reader = c.reader + 0
JOIN clicktracker_document d ON d.id = g.document AND d.uid <> ''
JOIN clicktracker_reading_url u ON u.reading = g.id
GROUP BY g.document, g.reader, u.url
ORDER BY max(u.last), u.url DESC
