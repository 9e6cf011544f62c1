SELECT CAST(a.issued AT TIME ZONE 'UTC' AS date) AS day, count(*) AS readers
FROM (SELECT least(coalesce(p.first, p.downloaded),
                     coalesce(p.downloaded, p.first)) AS issued
      FROM (SELECT min(CASE WHEN g.count > 0 THEN g.first END) AS first,
                   min(g.downloaded_first) AS downloaded
            FROM clicktracker_document d
    JOIN clicktracker_reading g
      ON g.document = d.id AND d.site = (SELECT id FROM clicktracker_site WHERE uid = :site) AND d.uid <> ''
     AND d.identity IN (SELECT * FROM unnest(CAST(:documents AS text[]))) AND g.reader NOT IN (SELECT r.id FROM clicktracker_reader r
WHERE r.site = (SELECT id FROM clicktracker_site WHERE uid = :site) AND r.member = '' ) JOIN clicktracker_version v ON v.id = g.version
            WHERE (g.oldest < timestamptz 'infinity' OR g.downloaded_first IS NOT NULL) AND CASE v.digest WHEN '' THEN v.label ELSE v.digest END IN (SELECT * FROM unnest(CAST(:current AS text[])))
            GROUP BY g.document, g.reader) p) a
GROUP BY CAST(a.issued AT TIME ZONE 'UTC' AS date)
ORDER BY day
