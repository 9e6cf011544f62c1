-- What several questions have in common, in SQL that SQLite and PostgreSQL share.
-- Blocks are found by name; {word} is another block, of whichever file, or what a
-- database has of its own (storage/relational/dialect.py).

-- name: here
(SELECT id FROM clicktracker_site WHERE uid = :site)

-- name: add_site
INSERT INTO clicktracker_site (uid) VALUES (:site) ON CONFLICT DO NOTHING

-- name: below
-- A range that an index answers: path_start is the indexed part of the path.
-- "0" is the character after "/", so that "/a/b" does not cover "/a/bc".
AND ((d.path_start = :place_start AND d.path = :place)
  OR (d.path_start >= :low_start AND d.path_start <= :high_start
      AND d.path >= :low AND d.path < :high))

-- name: asked
clicktracker_document d
    JOIN clicktracker_reading g
      ON g.document = d.id AND d.site = {here} AND d.uid <> ''
     AND d.identity IN ({listed}) {readers}

-- name: all_readers
JOIN clicktracker_reader r ON r.id = g.reader

-- name: with_version
JOIN clicktracker_version v ON v.id = g.version

-- name: text
CASE v.digest WHEN '' THEN v.label ELSE v.digest END

-- name: first_label
-- What is saved again and says the same is called by its first number. (The longer one of
-- two is later.)
CASE v.digest WHEN '' THEN v.label ELSE
    (SELECT w.label FROM clicktracker_version w
     WHERE w.document = v.document AND w.digest = v.digest
     ORDER BY CASE w.label WHEN '' THEN 1 ELSE 0 END, length(w.label), w.label
     LIMIT 1) END

-- name: words_of_text
CASE v.digest WHEN '' THEN v.words ELSE
    (SELECT max(w.words) FROM clicktracker_version w
     WHERE w.document = v.document AND w.digest = v.digest) END

-- name: of_current
AND {text} IN ({currents})

-- name: last_read
-- Where nothing was opened, g.last is before all times.
{greatest}(max(g.last), coalesce(max(g.downloaded_last), max(g.last)),
          coalesce(max(g.acknowledged), max(g.last)), coalesce(max(g.attested), max(g.last)))

-- name: shown_key
-- Whose account is deleted is shown by id: to be found, or sorted, by the name would
-- tell it, letter by letter.
CASE WHEN r.retired IS NULL THEN r.name_key ELSE r.id_key END

-- name: uncounted
-- Who is no reader where readers are counted: visitors without a log-in, and ...
SELECT r.id FROM clicktracker_reader r
WHERE r.site = {here} AND r.member = '' {others_left_out}

-- name: those_left_out
-- ... whom the question names.
UNION ALL
SELECT r.id FROM ({expected}) e
CROSS JOIN clicktracker_reader r
WHERE r.site = {here} AND r.folder = e.folder AND r.member = e.member
  AND r.retired IS NULL

-- name: counted_readers
AND g.reader NOT IN ({uncounted})
