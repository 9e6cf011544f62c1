-- What every relational storage asks, in SQL that SQLite and PostgreSQL share.
-- Blocks are found by name; {word} is another block or what a database has of
-- its own (storage/relational/dialect.py).

-- name: here
(SELECT id FROM clicktracker_site WHERE uid = :site)

-- name: below
-- A range that an index answers: path_start is the indexed part of the path.
-- "0" is the character after "/", so that "/a/b" does not cover "/a/bc".
AND ((d.path_start = :place_start AND d.path = :place)
  OR (d.path_start >= :low_start AND d.path_start <= :high_start
      AND d.path >= :low AND d.path < :high))

-- name: log
SELECT r.member AS member, sum(u.count) AS count, max(u.last) AS lastaccess, u.url AS url
FROM clicktracker_document d
JOIN clicktracker_reading g ON g.document = d.id
JOIN clicktracker_reader r ON r.id = g.reader
JOIN clicktracker_reading_url u ON u.reading = g.id
WHERE d.site = {here} {covered}
GROUP BY r.member, u.url
ORDER BY {order} {direction}, r.member, u.url

-- name: latest_url
coalesce((SELECT u.url
 FROM clicktracker_reading v
 JOIN clicktracker_reading_url u ON u.reading = v.id
 WHERE v.document = m.document AND v.reader = m.reader
 ORDER BY u.last DESC, u.url LIMIT 1), '')

-- name: shown_key
-- Whose account is deleted is shown by id: to be found, or sorted, by the name would
-- tell it, letter by letter.
CASE WHEN r.retired IS NULL THEN r.name_key ELSE r.id_key END

-- name: searched
AND ({contains}(r.name_key, :search) > 0 OR {contains}(r.id_key, :search) > 0)

-- name: searched_readers
AND ({contains}({shown_key}, :search) > 0 OR {contains}(r.id_key, :search) > 0)

-- name: ties
{shown_key}, r.id_key, r.member, r.folder, r.generation, d.uid

-- name: asked
clicktracker_document d
    JOIN clicktracker_reading g
      ON g.document = d.id AND d.site = {here} AND d.uid <> ''
     AND d.identity IN ({listed}) {readers}

-- name: first_read
-- Where nothing was opened, g.first and g.last are after and before all times.
{least}(min(g.first), coalesce(min(g.downloaded_first), min(g.first)))

-- name: last_read
{greatest}(max(g.last), coalesce(max(g.downloaded_last), max(g.last)))

-- name: text
CASE v.digest WHEN '' THEN v.label ELSE v.digest END

-- name: text_of_document
d.uid || ' ' || {text}

-- name: ranked
-- The place of each of the texts that readers have read, the current ones first and
-- then the newest, and how many are newer, of those that aren't current. Which is newer
-- is told by when the last page with it was served, or it was last downloaded.
newest AS (
    SELECT g.document AS document, {text} AS text,
           CASE WHEN {whose_text} IN ({currents}) THEN 0 ELSE 1 END AS outdated,
           max({greatest}(g.newest, coalesce(g.served_last, g.newest),
                          coalesce(g.downloaded_last, g.newest))) AS newest
    FROM clicktracker_document d
    JOIN clicktracker_reading g ON g.document = d.id
    JOIN clicktracker_version v ON v.id = g.version
    WHERE d.site = {here} AND d.uid <> '' AND d.identity IN ({listed})
    GROUP BY g.document, d.uid, {text}
), ranked AS (
    SELECT n.document AS document, n.text AS text,
           row_number() OVER (
               PARTITION BY n.document
               ORDER BY n.outdated, n.newest DESC, n.text DESC) AS place,
           n.outdated * row_number() OVER (
               PARTITION BY n.document, n.outdated
               ORDER BY n.newest DESC, n.text DESC) AS behind
    FROM newest n
),

-- name: with_version
JOIN clicktracker_version v ON v.id = g.version

-- name: with_rank
JOIN ranked k ON k.document = g.document AND k.text = {text}

-- name: best_of_all
-- How far behind the reader is with that of the documents which is best.
min(min(k.behind)) OVER (PARTITION BY g.reader)

-- name: since
AND m.last >= :since

-- name: until
AND m.last < :until

-- name: newest_only
AND k.behind = p.behind

-- name: newest_text
(SELECT k.text FROM ranked k WHERE k.document = m.document AND k.place = m.place)

-- name: newest_label
-- Numbers, so the longer one is later.
(SELECT v.label FROM clicktracker_version v
        JOIN ranked k ON k.document = v.document AND k.text = {text}
        WHERE v.document = m.document AND k.place = m.place
        ORDER BY length(v.label) DESC, v.label DESC LIMIT 1)

-- name: of_current
AND {text} IN ({currents})

-- name: matching
-- Who read what: what was only served is left out.
matching AS (
    SELECT m.* FROM (
        SELECT g.document AS document, g.reader AS reader {sums}
        FROM {asked} {ranks}
        WHERE {is_read}
        GROUP BY g.document, g.reader
    ) m
    WHERE 1 = 1 {stands} {period}
)

-- name: evidence
-- How far they got. Versions that showed the same, by digest or without one by label,
-- are one text. It is as long as the longest of them, whoever read that one; mostly
-- none are disputed. Times of readings without accesses are infinite, so time is
-- reckoned with only where there was any.
disputed AS MATERIALIZED (
    SELECT v.document AS document, v.digest AS digest, max(v.words) AS words
    FROM clicktracker_document d
    JOIN clicktracker_version v ON v.document = d.id
    WHERE d.site = {here} AND d.identity IN ({listed}) AND v.digest <> ''
    GROUP BY v.document, v.digest
    HAVING min(v.words) < max(v.words)
), texts AS (
    SELECT g.document AS document, g.reader AS reader, {learnt}
           CASE WHEN sum(g.engaged) > 0
                THEN {least}(CAST(sum(g.engaged) AS bigint), {greatest}({elapsed}, 0))
                ELSE 0 END AS engaged,
           max(g.count) AS opened, max(g.depth) AS depth,
           {any}(g.ended) AS ended, {any}(g.printed) AS printed,
           {of_text} max(coalesce(l.words, v.words)) AS words
    FROM {whose}
    JOIN clicktracker_version v ON v.id = g.version
    LEFT JOIN disputed l ON l.document = v.document AND l.digest = v.digest {texts}
    WHERE {regarded} {newest}
    GROUP BY g.document, g.reader, v.digest,
             CASE v.digest WHEN '' THEN v.label ELSE '' END
), evidence AS (
    SELECT p.document AS document, p.reader AS reader, {known}
           sum(p.engaged) AS engaged, max(p.depth) AS depth, {any}(p.ended) AS ended,
           {any}(p.printed) AS printed, {of_texts}
           max(CASE WHEN p.opened = 0 THEN -1
                    WHEN p.engaged < {greatest}(
                             :least, p.words * CAST(60000 AS bigint) / :pace) THEN 0
                    WHEN p.ended THEN 2
                    ELSE 1 END) AS level
    FROM texts p
    GROUP BY p.document, p.reader
)

-- name: sums_of_text
-- What readers did with one text; with several that stand for one another: with all.
sum(g.count) AS text_count, sum(g.cached) AS text_cached,
           {first_read} AS text_first, {last_read} AS text_last,
           max(g.downloaded_last) AS text_downloaded,

-- name: sums_of_current_texts
count(*) AS texts, sum(p.text_count) AS text_count, sum(p.text_cached) AS text_cached,
           min(p.text_first) AS text_first, max(p.text_last) AS text_last,
           max(p.text_downloaded) AS text_downloaded,

-- name: shown_of_text
m.texts, m.text_count, m.text_cached, m.text_first, m.text_last, m.text_downloaded,

-- name: of_each
-- The readings of the page, and ... (+ 0, as SQLite would rather go through all readings
-- than look for some of them)
page p
    JOIN clicktracker_reading g ON g.document = p.document + 0 AND g.reader = p.reader + 0

-- name: of_matching
-- Or those of all that match: as they are asked for again, no planner has to guess
-- how they are best found.
{asked}
    JOIN matching p ON p.document = g.document AND p.reader = g.reader

-- name: sums_of_readers
, sum(g.count) AS count, {first_read} AS first, {last_read} AS last,
               sum(g.cached) AS cached, max(g.downloaded_last) AS downloaded, {behind}

-- name: sums_of_each
sum(g.count) AS count, {first_read} AS first, {last_read} AS last,
           sum(g.cached) AS cached, max(g.downloaded_last) AS downloaded, {behind},

-- name: sums_of_texts
sum(p.count) AS count, min(p.first) AS first, max(p.last) AS last,
           sum(p.cached) AS cached, max(p.downloaded) AS downloaded,
           max(p.behind) AS behind, max(p.place) AS place,

-- name: known_of_each
-- ... what is known of it, handed on. To join it again would be a trap: the planner
-- doesn't know how many there are, and might compare each with each.
max(p.count) AS count, max(p.first) AS first, max(p.last) AS last,
           max(p.cached) AS cached, max(p.downloaded) AS downloaded,
           max(p.behind) AS behind, max(p.place) AS place,

-- name: of_level
(SELECT * FROM evidence WHERE level = :level)

-- name: page
page AS (
    SELECT m.*, {order} AS sorted_by
    FROM {sorted} m
    JOIN clicktracker_reader r ON r.id = m.reader
    JOIN clicktracker_document d ON d.id = m.document
    ORDER BY sorted_by {direction}, {ties}
    LIMIT :size OFFSET :start
)

-- name: rows
-- One statement, so that the total belongs to the rows; the page is empty
-- behind the end, and the total is still there.
SELECT t.total, t.readers, m.count, m.first, m.last, m.engaged, m.depth, m.cached,
       m.ended, m.printed, m.level, m.behind, {shown} AS text, {label} AS label,
       m.downloaded, {told_of_text} r.member, r.folder, r.name, r.generation, r.retired,
       d.uid, d.path, d.title, {latest_url} AS url
FROM (SELECT count(*) AS total,
             count(DISTINCT CASE WHEN m.reader NOT IN ({uncounted}) THEN m.reader END)
                 AS readers
      FROM {counted} m) t
LEFT JOIN {complete} m ON 1 = 1
LEFT JOIN clicktracker_reader r ON r.id = m.reader
LEFT JOIN clicktracker_document d ON d.id = m.document
ORDER BY m.sorted_by {direction}, {ties}

-- name: readings
-- Evidence takes as long as all of the rest: it is found for the page alone, ...
WITH {rankings} {matching}, {page}, {evidence}
{rows}

-- name: readings_by_evidence
-- ... unless that is what decides which rows are on it.
WITH {rankings} {matching}, {evidence}, {page}
{rows}

-- name: all_readers
JOIN clicktracker_reader r ON r.id = g.reader

-- name: found_readers
{all_readers} {found} {among}

-- name: some_readers
AND (r.folder, r.member) IN (SELECT e.folder, e.member FROM ({named_readers}) e)

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

-- name: coverage
WITH {evidence}
SELECT coalesce(sum(e.served), 0) AS served,
       coalesce(sum(CASE WHEN e.level >= 0 THEN 1 ELSE 0 END), 0) AS opened,
       coalesce(sum(CASE WHEN e.level > 0 THEN 1 ELSE 0 END), 0) AS engaged,
       coalesce(sum(CASE WHEN e.level > 1 THEN 1 ELSE 0 END), 0) AS finished,
       count(e.downloaded) AS downloaded,
       {visits} AS visits
FROM {counted} e

-- name: by_reader
-- One for all documents, as reading any of them stands for all.
(SELECT max(e.level) AS level, max(e.served) AS served, max(e.downloaded) AS downloaded
 FROM evidence e GROUP BY e.reader)

-- name: visits
(SELECT coalesce(sum(g.count), 0)
 FROM clicktracker_document d
 JOIN clicktracker_reading g ON g.document = d.id
 JOIN clicktracker_version v ON v.id = g.version
 WHERE d.site = {here} AND d.uid <> '' AND d.identity IN ({listed}) {newest}
   AND g.reader IN (SELECT r.id FROM clicktracker_reader r
                    WHERE r.site = {here} AND r.member = ''))

-- name: served_or_downloaded
max(g.downloaded_last) AS downloaded,
           max(CASE WHEN g.count > 0 OR g.served_last IS NOT NULL THEN 1 ELSE 0 END)
               AS served,

-- name: known_to_be
max(p.downloaded) AS downloaded, max(p.served) AS served,

-- name: absent
-- One statement, so that the total belongs to the rows. MATERIALIZED, as the planner
-- doesn't know how many are expected, and would take them apart again and again.
WITH expected AS MATERIALIZED (
    {expected}
), known AS MATERIALIZED (
    SELECT r.folder, r.member, max(g.served_last) AS served,
           max(CASE WHEN {is_read} THEN 1 ELSE 0 END) AS is_read
    FROM clicktracker_document d
    JOIN clicktracker_reading g ON g.document = d.id
    JOIN clicktracker_reader r ON r.id = g.reader
    WHERE d.site = {here} AND d.uid <> '' AND d.identity IN ({listed})
      AND r.retired IS NULL
    GROUP BY r.folder, r.member
), missing AS (
    SELECT r.folder AS folder, r.member AS member, r.name AS name,
           r.name_key AS name_key, r.id_key AS id_key, k.served AS served
    FROM expected r
    LEFT JOIN known k ON k.folder = r.folder AND k.member = r.member
    WHERE coalesce(k.is_read, 0) = 0 {found}
), page AS (
    SELECT * FROM missing
    ORDER BY name_key, id_key, member, folder
    LIMIT :size OFFSET :start
)
SELECT t.total, m.folder, m.member, m.name, m.served
FROM (SELECT count(*) AS total FROM missing) t
LEFT JOIN page m ON 1 = 1
ORDER BY m.name_key, m.id_key, m.member, m.folder

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
     WHERE r.site = {here} AND r.member <> '') AS readers,
    (SELECT count(*) FROM clicktracker_reader r
     JOIN clicktracker_reading g ON g.reader = r.id
     WHERE r.site = {here} AND {is_read}) AS readings,
    (SELECT coalesce(sum(g.count), 0) FROM clicktracker_reader r
     JOIN clicktracker_reading g ON g.reader = r.id WHERE r.site = {here}) AS accesses

-- name: document_at
SELECT d.uid FROM clicktracker_document d
WHERE d.site = {here} AND d.path_start = :path_start AND d.path = :path AND d.uid <> ''
ORDER BY d.path_at DESC, d.uid LIMIT 1

-- name: retire
UPDATE clicktracker_reader SET retired = :now
WHERE site = {here} AND folder = :folder AND member = :member AND retired IS NULL

-- name: add_retired
INSERT INTO clicktracker_reader
    (site, folder, member, generation, name, name_at, name_key, id_key, retired)
SELECT s.id, :folder, :member,
       coalesce((SELECT max(r.generation) FROM clicktracker_reader r
                 WHERE r.site = s.id AND r.folder = :folder
                   AND r.member = :member), 0) + 1,
       '', :now, :id_key, :id_key, :now
FROM clicktracker_site s WHERE s.uid = :site

-- name: forgotten
SELECT g.id FROM clicktracker_reader r
JOIN clicktracker_reading g ON g.reader = r.id
WHERE r.site = {here} AND r.folder = :folder AND r.member = :member

-- name: forget_days
-- Days whose accesses are not there any more keep their number, which names nobody.
UPDATE clicktracker_day SET accesses = clicktracker_day.accesses - f.accesses
FROM (
    SELECT g.document AS document, {day} AS day, count(*) AS accesses
    FROM clicktracker_reading g
    JOIN clicktracker_access a ON a.reading = g.id
    WHERE g.id IN ({forgotten})
    GROUP BY g.document, {day}
) f
WHERE clicktracker_day.document = f.document AND clicktracker_day.day = f.day

-- name: forget_empty_days
DELETE FROM clicktracker_day
WHERE accesses < 1 AND document IN (
    SELECT g.document FROM clicktracker_reading g WHERE g.id IN ({forgotten}))

-- name: forget_accesses
DELETE FROM clicktracker_access WHERE reading IN ({forgotten})

-- name: forget_urls
DELETE FROM clicktracker_reading_url WHERE reading IN ({forgotten})

-- name: forget_served
-- What was served and never opened is no reading, and not counted as one.
DELETE FROM clicktracker_reading
WHERE count = 0 AND downloaded_last IS NULL AND id IN ({forgotten})

-- name: forget_readings
DELETE FROM clicktracker_reading WHERE id IN ({forgotten})

-- name: forget_reader
DELETE FROM clicktracker_reader
WHERE site = {here} AND folder = :folder AND member = :member

-- name: old_addresses
SELECT d.path, {last_read} AS last
FROM clicktracker_site s
JOIN clicktracker_document d ON d.site = s.id
JOIN clicktracker_reading g ON g.document = d.id
WHERE s.uid = '' AND d.uid = '' AND {is_read} {covered}
GROUP BY d.path
ORDER BY d.path

-- name: unclaimed
SELECT d.id, d.identity, d.path
FROM clicktracker_site s
JOIN clicktracker_document d ON d.site = s.id
WHERE s.uid = '' AND d.uid = '' {covered}
ORDER BY d.identity

-- name: add_site
INSERT INTO clicktracker_site (uid) VALUES (:site) ON CONFLICT DO NOTHING

-- name: site
SELECT id FROM clicktracker_site WHERE uid = :site

-- name: known_by_path
SELECT d.id, s.id AS site
FROM clicktracker_site s
JOIN clicktracker_document d ON d.site = s.id
WHERE s.uid IN (:site, '') AND d.identity = :identity
ORDER BY d.id

-- name: add_document
INSERT INTO clicktracker_document (site, uid, identity, path, path_at, title, title_at)
VALUES (:site, :uid, :identity, :path, :now, :title, :now)
ON CONFLICT (site, identity) DO UPDATE SET
    path = excluded.path, path_at = excluded.path_at,
    title = CASE WHEN excluded.title = '' THEN clicktracker_document.title
                 ELSE excluded.title END,
    title_at = CASE WHEN excluded.title = '' THEN clicktracker_document.title_at
                    ELSE excluded.title_at END

-- name: document
SELECT id FROM clicktracker_document WHERE site = :site AND identity = :identity

-- name: moving_readers
SELECT r.id, r.site, r.folder, r.member, r.name, r.name_at,
       max(CASE WHEN {is_read}
                THEN {greatest}(g.last, coalesce(g.downloaded_last, g.last))
                ELSE g.served_last END) AS last,
       sum(CASE WHEN {is_read} THEN 1 ELSE 0 END) AS readings
FROM clicktracker_reading g
JOIN clicktracker_reader r ON r.id = g.reader
WHERE g.document = :source
GROUP BY r.id, r.site, r.folder, r.member, r.name, r.name_at
ORDER BY r.folder, r.member, r.generation

-- name: reader_at
SELECT id FROM clicktracker_reader
WHERE site = :site AND folder = :folder AND member = :member
  AND (retired IS NULL OR retired > :at)
ORDER BY generation LIMIT 1

-- name: add_reader
INSERT INTO clicktracker_reader
    (site, folder, member, generation, name, name_at, name_key, id_key)
SELECT :site, :folder, :member, coalesce(max(generation), 0) + 1,
       '', :at, :id_key, :id_key
FROM clicktracker_reader
WHERE site = :site AND folder = :folder AND member = :member

-- name: set_id_key
UPDATE clicktracker_reader
SET name_key = CASE WHEN name = '' THEN :id_key ELSE name_key END, id_key = :id_key
WHERE id = :reader AND id_key <> :id_key

-- name: set_name
UPDATE clicktracker_reader SET name = :name, name_at = :at, name_key = :name_key
WHERE id = :reader AND (name = '' OR name_at < :at OR (name_at = :at AND name < :name))

-- name: merge_versions
INSERT INTO clicktracker_version (document, label, digest, words, since)
SELECT :target, label, digest, words, since
FROM clicktracker_version WHERE document = :source
ON CONFLICT (document, label, digest) DO UPDATE SET
    words = {greatest}(clicktracker_version.words, excluded.words),
    since = {least}(clicktracker_version.since, excluded.since)

-- name: merge_rows
INSERT INTO clicktracker_reading
    (document, version, reader, count, first, last, engaged, depth, cached)
SELECT :target, w.id, p.target, 0, min(g.first), max(g.last), 0, 0, 0
FROM clicktracker_reading g
JOIN ({pairs}) p ON p.source = g.reader
JOIN clicktracker_version v ON v.id = g.version
JOIN clicktracker_version w
  ON w.document = :target AND w.label = v.label AND w.digest = v.digest
WHERE g.document = :source
GROUP BY w.id, p.target
ON CONFLICT DO NOTHING

-- name: moved
SELECT g.id AS source, h.id AS target
FROM clicktracker_reading g
JOIN ({pairs}) p ON p.source = g.reader
JOIN clicktracker_version v ON v.id = g.version
JOIN clicktracker_version w
  ON w.document = :target AND w.label = v.label AND w.digest = v.digest
JOIN clicktracker_reading h
  ON h.document = :target AND h.reader = p.target AND h.version = w.id
WHERE g.document = :source

-- name: repeated
-- Accesses that both have: they came again after an earlier adoption.
({moved}) m
JOIN clicktracker_access a ON a.reading = m.source
JOIN clicktracker_access b
  ON b.reading = m.target AND b.key = a.key AND b.issued = a.issued

-- name: engaged_of_moved
-- The time of the tickets that are known, in both documents.
SELECT e.reading AS reading, sum(e.engaged) AS engaged
FROM (
    SELECT a.reading AS reading, {least}(CAST(sum(a.engaged) AS bigint), {lasted}) AS engaged
    FROM clicktracker_access a
    WHERE a.reading IN (SELECT m.source FROM ({moved}) m UNION
                        SELECT m.target FROM ({moved}) m)
    GROUP BY a.reading, a.issued
) e
GROUP BY e.reading

-- name: subtract_engaged
-- A ticket may be in both: its time is found anew when all views are together.
UPDATE clicktracker_reading SET engaged = clicktracker_reading.engaged - e.engaged
FROM ({engaged_of_moved}) e
WHERE clicktracker_reading.id = e.reading

-- name: add_engaged
UPDATE clicktracker_reading SET engaged = clicktracker_reading.engaged + e.engaged
FROM ({engaged_of_moved}) e
WHERE clicktracker_reading.id = e.reading

-- name: count_repeated
SELECT count(*) FROM {repeated}

-- name: repeated_readings
UPDATE clicktracker_reading SET
    count = clicktracker_reading.count - d.count,
    cached = clicktracker_reading.cached - d.cached
FROM (
    SELECT m.source AS source, count(*) AS count,
           sum(CASE WHEN a.origin <> 'page' THEN 1 ELSE 0 END) AS cached
    FROM {repeated}
    GROUP BY m.source
) d
WHERE clicktracker_reading.id = d.source

-- name: repeated_urls
UPDATE clicktracker_reading_url SET count = clicktracker_reading_url.count - d.count
FROM (
    SELECT m.source AS source, a.url AS url, count(*) AS count
    FROM {repeated}
    GROUP BY m.source, a.url
) d
WHERE clicktracker_reading_url.reading = d.source
  AND clicktracker_reading_url.url = d.url

-- name: repeated_totals
UPDATE clicktracker_access SET
    opened = {least}(clicktracker_access.opened, d.opened),
    seen = {greatest}(clicktracker_access.seen, d.seen),
    engaged = {greatest}(clicktracker_access.engaged, d.engaged),
    depth = {greatest}(clicktracker_access.depth, d.depth),
    ended = clicktracker_access.ended OR d.ended,
    printed = clicktracker_access.printed OR d.printed
FROM (
    SELECT m.target AS target, a.key AS key, a.issued AS issued, a.opened AS opened,
           a.seen AS seen, a.engaged AS engaged, a.depth AS depth, a.ended AS ended,
           a.printed AS printed
    FROM {repeated}
) d
WHERE clicktracker_access.reading = d.target
  AND clicktracker_access.key = d.key AND clicktracker_access.issued = d.issued

-- name: repeated_days
UPDATE clicktracker_day SET accesses = clicktracker_day.accesses - d.accesses
FROM (
    SELECT {day} AS day, count(*) AS accesses
    FROM {repeated}
    GROUP BY {day}
) d
WHERE clicktracker_day.document = :source AND clicktracker_day.day = d.day

-- name: repeated_accesses
DELETE FROM clicktracker_access WHERE EXISTS (
    SELECT 1 FROM ({moved}) m
    JOIN clicktracker_access b
      ON b.reading = m.target AND b.key = clicktracker_access.key
     AND b.issued = clicktracker_access.issued
    WHERE m.source = clicktracker_access.reading)

-- name: merge_readings
UPDATE clicktracker_reading SET
    count = clicktracker_reading.count + a.count,
    first = {least}(clicktracker_reading.first, a.first),
    last = {greatest}(clicktracker_reading.last, a.last),
    oldest = {least}(clicktracker_reading.oldest, a.oldest),
    newest = {greatest}(clicktracker_reading.newest, a.newest),
    engaged = clicktracker_reading.engaged + a.engaged,
    depth = {greatest}(clicktracker_reading.depth, a.depth),
    cached = clicktracker_reading.cached + a.cached,
    ended = clicktracker_reading.ended OR a.ended,
    printed = clicktracker_reading.printed OR a.printed,
    served_first = {least}(coalesce(clicktracker_reading.served_first, a.served_first),
                           coalesce(a.served_first, clicktracker_reading.served_first)),
    served_last = {greatest}(coalesce(clicktracker_reading.served_last, a.served_last),
                             coalesce(a.served_last, clicktracker_reading.served_last)),
    downloaded_first = {least}(
        coalesce(clicktracker_reading.downloaded_first, a.downloaded_first),
        coalesce(a.downloaded_first, clicktracker_reading.downloaded_first)),
    downloaded_last = {greatest}(
        coalesce(clicktracker_reading.downloaded_last, a.downloaded_last),
        coalesce(a.downloaded_last, clicktracker_reading.downloaded_last))
FROM (
    SELECT m.target AS target, sum(o.count) AS count, min(o.first) AS first,
           max(o.last) AS last, min(o.oldest) AS oldest, max(o.newest) AS newest,
           sum(o.engaged) AS engaged, max(o.depth) AS depth, sum(o.cached) AS cached,
           {any}(o.ended) AS ended, {any}(o.printed) AS printed,
           min(o.served_first) AS served_first, max(o.served_last) AS served_last,
           min(o.downloaded_first) AS downloaded_first,
           max(o.downloaded_last) AS downloaded_last
    FROM ({moved}) m JOIN clicktracker_reading o ON o.id = m.source
    GROUP BY m.target
) a
WHERE clicktracker_reading.id = a.target

-- name: merge_urls
INSERT INTO clicktracker_reading_url (reading, url_key, url, count, first, last)
SELECT m.target, o.url_key, max(o.url), sum(o.count), min(o.first), max(o.last)
FROM ({moved}) m JOIN clicktracker_reading_url o ON o.reading = m.source
WHERE 1 = 1
GROUP BY m.target, o.url_key
ON CONFLICT (reading, url_key) DO UPDATE SET
    count = clicktracker_reading_url.count + excluded.count,
    first = {least}(clicktracker_reading_url.first, excluded.first),
    last = {greatest}(clicktracker_reading_url.last, excluded.last)

-- name: merge_accesses
UPDATE clicktracker_access SET reading = m.target
FROM ({moved}) m
WHERE clicktracker_access.reading = m.source

-- name: merge_days
INSERT INTO clicktracker_day (document, day, accesses)
SELECT :target, day, accesses FROM clicktracker_day
WHERE document = :source AND accesses > 0
ON CONFLICT (document, day) DO UPDATE SET
    accesses = clicktracker_day.accesses + excluded.accesses

-- name: remove_days
DELETE FROM clicktracker_day WHERE document = :source

-- name: remove_urls
DELETE FROM clicktracker_reading_url
WHERE reading IN (SELECT id FROM clicktracker_reading WHERE document = :source)

-- name: remove_readings
DELETE FROM clicktracker_reading WHERE document = :source

-- name: remove_document
DELETE FROM clicktracker_document WHERE id = :source

-- name: remove_unused_readers
DELETE FROM clicktracker_reader
WHERE site = (SELECT id FROM clicktracker_site WHERE uid = '')
  AND NOT EXISTS (SELECT 1 FROM clicktracker_reading g
                  WHERE g.reader = clicktracker_reader.id)
