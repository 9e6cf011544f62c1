SELECT g.id AS reading, g.document, d.uid, CASE v.digest WHEN '' THEN v.label ELSE v.digest END AS text, r.id AS account, r.folder, r.member, r.name, r.generation, r.retired, g.count,
       g.downloaded_first, g.downloaded_last
FROM clicktracker_document d
    JOIN clicktracker_reading g
      ON g.document = d.id AND d.site = (SELECT id FROM clicktracker_site WHERE uid = :site) AND d.uid <> ''
     AND d.identity IN (SELECT value FROM json_each(:documents)) JOIN clicktracker_reader r ON r.id = g.reader JOIN clicktracker_version v ON v.id = g.version
WHERE r.member <> '' AND (g.count > 0 OR g.downloaded_last IS NOT NULL OR g.acknowledged IS NOT NULL OR g.attested IS NOT NULL)
