SELECT p.document, p.reader, p.text, p.newest, p.served, p.downloaded,
       CASE WHEN NOT (p.opened > 0) THEN -1
                    WHEN NOT (p.engaged >= max(:least, p.words * CAST(60000 AS bigint) / :pace)) THEN 0
                    WHEN NOT ((p.marks & 1) <> 0) THEN 1
                    ELSE 2 END AS level, CASE WHEN r.member = '' THEN p.opened END AS visits,
       p.first, p.last, p.opened AS count, p.engaged, p.acknowledged, p.attested
FROM (
    SELECT g.document AS document, g.reader AS reader, CASE v.digest WHEN '' THEN v.label ELSE v.digest END AS text,
           nullif(max(max(g.newest, coalesce(g.served_last, g.newest), coalesce(g.downloaded_last, g.newest), coalesce(g.acknowledged, g.newest), coalesce(g.attested, g.newest))), -9223372036854775808) AS newest, nullif(min(min(g.first, coalesce(g.downloaded_first, g.first))), 9223372036854775807) AS first, nullif(max(max(g.last, coalesce(g.downloaded_last, g.last))), -9223372036854775808) AS last,
           max(g.acknowledged) AS acknowledged, max(g.attested) AS attested,
           max(CASE WHEN g.count > 0 OR g.served_last IS NOT NULL THEN 1 ELSE 0 END)
               AS served,
           max(CASE WHEN g.downloaded_last IS NOT NULL THEN 1 ELSE 0 END) AS downloaded,
           CASE WHEN sum(g.engaged) > 0
                THEN min(CAST(sum(g.engaged) AS bigint), max((max(g.last) - min(g.oldest)) / 1000, 0))
                ELSE 0 END AS engaged,
           CAST(sum(g.count) AS bigint) AS opened, max(marks & 1) | max(marks & 2) AS marks,
           max(CASE v.digest WHEN '' THEN v.words ELSE (
               SELECT max(w.words) FROM clicktracker_version w
               WHERE w.document = v.document AND w.digest = v.digest) END) AS words
    FROM (SELECT json_extract(value, '$[0]') AS id FROM json_each(:numbers)) c
    JOIN clicktracker_reading g ON g.document = c.id
    JOIN clicktracker_document d ON d.id = g.document AND d.uid <> ''
    JOIN clicktracker_version v ON v.id = g.version
    GROUP BY g.document, g.reader, CASE v.digest WHEN '' THEN v.label ELSE v.digest END
) p
JOIN clicktracker_reader r ON r.id = p.reader AND r.site = (SELECT id FROM clicktracker_site WHERE uid = :site)
