WITH disputed AS MATERIALIZED (
    SELECT v.document AS document, v.digest AS digest, max(v.words) AS words
    FROM clicktracker_document d
    JOIN clicktracker_version v ON v.document = d.id
    WHERE d.site = (SELECT id FROM clicktracker_site WHERE uid = :site) AND d.identity IN (SELECT * FROM unnest(CAST(:documents AS text[]))) AND v.digest <> ''
    GROUP BY v.document, v.digest
    HAVING min(v.words) < max(v.words)
), texts AS (
    SELECT g.document AS document, g.reader AS reader, max(g.downloaded_last) AS downloaded,
           max(CASE WHEN g.count > 0 OR g.served_last IS NOT NULL THEN 1 ELSE 0 END)
               AS served,
           CASE WHEN sum(g.engaged) > 0
                THEN least(CAST(sum(g.engaged) AS bigint), greatest(CAST(date_part('epoch', max(g.last) - min(g.oldest)) * 1000000 AS bigint) / 1000, 0))
                ELSE 0 END AS engaged,
           max(g.count) AS opened, max(g.depth) AS depth,
           bit_or(marks) AS marks,
            max(coalesce(l.words, v.words)) AS words
    FROM clicktracker_document d
    JOIN clicktracker_reading g
      ON g.document = d.id AND d.site = (SELECT id FROM clicktracker_site WHERE uid = :site) AND d.uid <> ''
     AND d.identity IN (SELECT * FROM unnest(CAST(:documents AS text[]))) AND g.reader NOT IN (SELECT r.id FROM clicktracker_reader r
WHERE r.site = (SELECT id FROM clicktracker_site WHERE uid = :site) AND r.member = '' )
    JOIN clicktracker_version v ON v.id = g.version
    LEFT JOIN disputed l ON l.document = v.document AND l.digest = v.digest
    WHERE 1 = 1 AND CASE v.digest WHEN '' THEN v.label ELSE v.digest END IN (SELECT * FROM unnest(CAST(:current AS text[])))
    GROUP BY g.document, g.reader, v.digest,
             CASE v.digest WHEN '' THEN v.label ELSE '' END
), evidence AS (
    SELECT p.document AS document, p.reader AS reader, max(p.downloaded) AS downloaded, max(p.served) AS served,
           sum(p.engaged) AS engaged, max(p.depth) AS depth,
           bit_or(marks) AS marks,
           max(CASE WHEN NOT (p.opened > 0) THEN -1
                    WHEN NOT (p.engaged >= greatest(:least, p.words * CAST(60000 AS bigint) / :pace)) THEN 0
                    WHEN NOT ((p.marks & 1) <> 0) THEN 1
                    ELSE 2 END) AS level
    FROM texts p
    GROUP BY p.document, p.reader
)
SELECT coalesce(sum(e.served), 0) AS served,
       coalesce(sum(CASE WHEN e.level >= 0 THEN 1 ELSE 0 END), 0) AS opened,
       coalesce(sum(CASE WHEN e.level >= 1 THEN 1 ELSE 0 END), 0) AS engaged,
       coalesce(sum(CASE WHEN e.level >= 2 THEN 1 ELSE 0 END), 0) AS finished,
       count(e.downloaded) AS downloaded,
       (SELECT coalesce(sum(g.count), 0)
 FROM clicktracker_document d
 JOIN clicktracker_reading g ON g.document = d.id
 JOIN clicktracker_version v ON v.id = g.version
 WHERE d.site = (SELECT id FROM clicktracker_site WHERE uid = :site) AND d.uid <> '' AND d.identity IN (SELECT * FROM unnest(CAST(:documents AS text[]))) AND CASE v.digest WHEN '' THEN v.label ELSE v.digest END IN (SELECT * FROM unnest(CAST(:current AS text[])))
   AND g.reader IN (SELECT r.id FROM clicktracker_reader r
                    WHERE r.site = (SELECT id FROM clicktracker_site WHERE uid = :site) AND r.member = '')) AS visits
FROM evidence e
