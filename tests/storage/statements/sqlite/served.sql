SELECT g.reader AS reader, max(g.served_last) AS served
FROM (SELECT json_extract(value, '$[0]') AS id FROM json_each(:numbers)) n
JOIN clicktracker_reading g ON g.reader = n.id
JOIN clicktracker_document d ON d.id = g.document + 0
WHERE d.site = (SELECT id FROM clicktracker_site WHERE uid = :site) AND d.uid <> '' AND d.identity IN (SELECT value FROM json_each(:documents))
GROUP BY g.reader
