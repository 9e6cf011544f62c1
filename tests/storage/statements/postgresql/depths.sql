SELECT p.depth AS depth, count(*) AS readers
FROM (SELECT max(g.depth) AS depth
      FROM clicktracker_document d
    JOIN clicktracker_reading g
      ON g.document = d.id AND d.site = (SELECT id FROM clicktracker_site WHERE uid = :site) AND d.uid <> ''
     AND d.identity IN (SELECT * FROM unnest(CAST(:documents AS text[]))) AND g.reader NOT IN (SELECT r.id FROM clicktracker_reader r
WHERE r.site = (SELECT id FROM clicktracker_site WHERE uid = :site) AND r.member = '' ) JOIN clicktracker_version v ON v.id = g.version
      WHERE g.count > 0 AND CASE v.digest WHEN '' THEN v.label ELSE v.digest END IN (SELECT * FROM unnest(CAST(:current AS text[])))
      GROUP BY g.document, g.reader) p
GROUP BY p.depth
ORDER BY p.depth
