-- What IClickStorage needs.

-- name: log
SELECT r.member AS member, sum(u.count) AS count, max(u.last) AS lastaccess, u.url AS url
FROM clicktracker_document d
JOIN clicktracker_reading g ON g.document = d.id
JOIN clicktracker_reader r ON r.id = g.reader
JOIN clicktracker_reading_url u ON u.reading = g.id
WHERE d.site = {here} {covered}
GROUP BY r.member, u.url
ORDER BY {order} {direction}, r.member, u.url

-- name: document_at
SELECT d.uid FROM clicktracker_document d
WHERE d.site = {here} AND d.path_start = :path_start AND d.path = :path AND d.uid <> ''
ORDER BY d.path_at DESC, d.uid LIMIT 1
