SELECT (a.issued + 62135596800000000) / 86400000000 - 719162 AS day, count(*) AS readers
FROM (SELECT min(coalesce(p.first, p.downloaded),
                     coalesce(p.downloaded, p.first)) AS issued
      FROM (SELECT min(CASE WHEN g.count > 0 THEN g.first END) AS first,
                   min(g.downloaded_first) AS downloaded
            FROM clicktracker_document d
    JOIN clicktracker_reading g
      ON g.document = d.id AND d.site = (SELECT id FROM clicktracker_site WHERE uid = :site) AND d.uid <> ''
     AND d.identity IN (SELECT value FROM json_each(:documents)) AND g.reader NOT IN (SELECT r.id FROM clicktracker_reader r
WHERE r.site = (SELECT id FROM clicktracker_site WHERE uid = :site) AND r.member = '' ) JOIN clicktracker_version v ON v.id = g.version
            WHERE (g.count > 0 OR g.downloaded_last IS NOT NULL) AND CASE v.digest WHEN '' THEN v.label ELSE v.digest END IN (SELECT value FROM json_each(:current))
            GROUP BY g.document, g.reader) p) a
GROUP BY (a.issued + 62135596800000000) / 86400000000 - 719162
ORDER BY day
