-- Who has acknowledged which version, and for whom somebody vouches.

-- name: known_keys
SELECT k.key FROM clicktracker_acknowledgement k WHERE k.site = {here} AND {among_keys}

-- name: latest_acknowledgements
-- The last one about each reader and text that is asked about, of each kind.
SELECT p.document, p.reader, p.text, p.kind, p.is_withdrawn
FROM (
    SELECT k.document AS document, k.reader AS reader, {text} AS text, k.kind AS kind,
           k.is_withdrawn AS is_withdrawn,
           row_number() OVER (PARTITION BY k.document, k.reader, {text}, k.kind
                              ORDER BY k.id DESC) AS place
    FROM ({sent_changes}) c
    JOIN clicktracker_acknowledgement k ON k.document = c.document AND k.reader = c.reader
    JOIN clicktracker_version v ON v.id = k.version
) p
WHERE p.place = 1

-- name: add_version
INSERT INTO clicktracker_version (document, label, digest, words, since)
VALUES (:document, :label, :digest, :words, :since)
ON CONFLICT (document, label, digest) DO NOTHING

-- name: version
SELECT id FROM clicktracker_version
WHERE document = :document AND label = :label AND digest = :digest

-- name: add_sentence
INSERT INTO clicktracker_sentence (site, sentence_key, language, sentence)
SELECT id, :key, :language, :sentence FROM clicktracker_site WHERE uid = :site
ON CONFLICT (site, sentence_key, language) DO NOTHING

-- name: sentence
SELECT id FROM clicktracker_sentence
WHERE site = {here} AND sentence_key = :key AND language = :language

-- name: add_acknowledgements
INSERT INTO clicktracker_acknowledgement
    (site, key, document, version, reader, kind, at, by_folder, by_member, by_name,
     sentence, way, why, asked_again, is_withdrawn)
SELECT {here}, n.key, n.document, n.version, n.reader, n.kind, n.at, n.by_folder,
       n.by_member, n.by_name, n.sentence, n.way, n.why, n.asked_again, n.is_withdrawn
FROM ({sent_acknowledgements}) n
WHERE true
ORDER BY n.number

-- name: declare_readings
-- What stands is told by the reading as well, as all that is derived is made of these.
INSERT INTO clicktracker_reading
    (document, version, reader, count, first, last, engaged, depth, cached,
     acknowledged, attested)
SELECT n.document, n.version, n.reader, 0, {after_all}, {before_all}, 0, 0, 0,
       n.acknowledged, n.attested
FROM ({sent_declared}) n
WHERE true
ORDER BY n.document, n.reader, n.version
ON CONFLICT (document, reader, version) DO UPDATE SET
    acknowledged = coalesce(excluded.acknowledged, clicktracker_reading.acknowledged),
    attested = coalesce(excluded.attested, clicktracker_reading.attested)

-- name: declared_changes
INSERT INTO clicktracker_change (site, document, reader)
SELECT {here}, c.document, c.reader FROM ({sent_changes}) c

-- name: withdrawn_from
-- All versions that showed the text.
SELECT g.id FROM ({sent_withdrawn}) n
JOIN clicktracker_reading g ON g.document = n.document AND g.reader = n.reader
JOIN clicktracker_version v ON v.id = g.version
WHERE n.kind = :kind AND {text} = n.text

-- name: withdraw_acknowledged
UPDATE clicktracker_reading SET acknowledged = NULL WHERE id IN ({withdrawn_from})

-- name: withdraw_attested
UPDATE clicktracker_reading SET attested = NULL WHERE id IN ({withdrawn_from})

-- name: remove_undeclared
-- Nothing is known of it any more.
DELETE FROM clicktracker_reading
WHERE count = 0 AND served_last IS NULL AND downloaded_last IS NULL
  AND acknowledged IS NULL AND attested IS NULL AND id IN ({withdrawn_from})

-- name: acknowledgements
SELECT k.key, k.kind, k.at, k.by_folder, k.by_member, k.by_name, k.way, k.why,
       k.asked_again, k.is_withdrawn, d.uid, d.path, d.title, {first_label} AS label, v.digest,
       v.words,
       r.folder, r.member, r.name, r.generation, r.retired, s.sentence, s.language
FROM clicktracker_acknowledgement k
JOIN clicktracker_document d ON d.id = k.document
JOIN clicktracker_version v ON v.id = k.version
JOIN clicktracker_reader r ON r.id = k.reader
LEFT JOIN clicktracker_sentence s ON s.id = k.sentence
WHERE k.site = {here} {of_documents_asked} {of_reader_asked}
ORDER BY k.id

-- name: acknowledged_documents
AND k.document IN (SELECT a.id FROM clicktracker_document a
                   WHERE a.site = {here} AND a.uid <> '' AND a.identity IN ({listed}))

-- name: acknowledged_by_present
AND k.reader IN (SELECT a.id FROM clicktracker_reader a
                 WHERE a.site = {here} AND a.folder = :folder AND a.member = :member
                   AND a.retired IS NULL)

-- name: acknowledged_by_generation
AND k.reader IN (SELECT a.id FROM clicktracker_reader a
                 WHERE a.site = {here} AND a.folder = :folder AND a.member = :member
                   AND a.generation = :generation)

-- name: forget_vouching
UPDATE clicktracker_acknowledgement SET by_folder = '', by_member = '', by_name = ''
WHERE site = {here} AND by_folder = :folder AND by_member = :member AND at <= :until
