SELECT g.id AS reading, g.version, a.issued, a.opened, a.seen, a.engaged, a.marks
FROM clicktracker_document d
    JOIN clicktracker_reading g
      ON g.document = d.id AND d.site = (SELECT id FROM clicktracker_site WHERE uid = :site) AND d.uid <> ''
     AND d.identity IN (SELECT * FROM unnest(CAST(:documents AS text[]))) JOIN clicktracker_reader r ON r.id = g.reader
JOIN clicktracker_access a ON a.reading = g.id
WHERE r.member <> ''
