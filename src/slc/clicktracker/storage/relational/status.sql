-- What there is of a site.

-- name: status
SELECT
    (SELECT count(*) FROM clicktracker_document d
     WHERE d.site = {here} AND d.uid <> '') AS documents,
    (SELECT count(*) FROM clicktracker_document d
     WHERE d.site = {here} AND d.uid = ''
       AND EXISTS (SELECT 1 FROM clicktracker_reading g
                   WHERE g.document = d.id AND {is_read})
    ) AS old_addresses,
    (SELECT count(*) FROM clicktracker_reader r
     WHERE r.site = {here} AND r.member <> ''
       AND EXISTS (SELECT 1 FROM clicktracker_reading g WHERE g.reader = r.id)
    ) AS readers,
    (SELECT count(*) FROM clicktracker_reader r
     JOIN clicktracker_reading g ON g.reader = r.id
     WHERE r.site = {here} AND {is_read}) AS readings,
    (SELECT coalesce(sum(g.count), 0) FROM clicktracker_reader r
     JOIN clicktracker_reading g ON g.reader = r.id WHERE r.site = {here}) AS accesses
