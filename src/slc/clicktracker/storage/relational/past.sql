-- What is known today of the named readers of some documents, one access after the other.

-- name: texts_of_readers
SELECT g.id AS reading, g.document, d.uid, {text} AS text, r.id AS account, r.folder, r.member, r.name, r.generation, r.retired, g.count,
       g.downloaded_first, g.downloaded_last
FROM {asked} {with_version}
WHERE r.member <> '' AND {is_read}

-- name: accesses_of_readings
SELECT g.id AS reading, g.version, a.issued, a.opened, a.seen, a.engaged, a.marks
FROM {asked}
JOIN clicktracker_access a ON a.reading = g.id
WHERE r.member <> ''
