-- Lists of readings. What stands for the words that are neither here nor in shared.sql
-- depends on the query, see readings_parts.py.

-- name: readings
-- Evidence takes as long as all of the rest: it is found for the page alone, ...
WITH {rankings} {matching}, {page}, {evidence}
{rows}

-- name: readings_by_evidence
-- ... unless that is what decides which rows are on it.
WITH {rankings} {matching}, {evidence}, {page}
{rows}

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

-- name: with_rank
JOIN ranked k ON k.document = g.document AND k.text = {text}

-- name: best_of_all
-- How far behind the reader is with that of the documents which is best.
min(min(k.behind)) OVER (PARTITION BY g.reader)

-- name: text_of_document
d.uid || ' ' || {text}

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

-- name: since
AND m.last >= :since

-- name: until
AND m.last < :until

-- name: found_readers
{all_readers} {found} {among}

-- name: searched_readers
AND ({contains}({shown_key}, :search) > 0 OR {contains}(r.id_key, :search) > 0)

-- name: some_readers
AND (r.folder, r.member) IN (SELECT e.folder, e.member FROM ({named_readers}) e)

-- name: page
page AS (
    SELECT m.*, {order} AS sorted_by
    FROM {sorted} m
    JOIN clicktracker_reader r ON r.id = m.reader
    JOIN clicktracker_document d ON d.id = m.document
    ORDER BY sorted_by {direction}, {ties}
    LIMIT :size OFFSET :start
)

-- name: of_level
(SELECT * FROM evidence WHERE level = :level)

-- name: ties
{shown_key}, r.id_key, r.member, r.folder, r.generation, d.uid

-- name: rows
-- One statement, so that the total belongs to the rows; the page is empty
-- behind the end, and the total is still there.
SELECT t.total, t.readers, m.count, m.first, m.last, m.engaged, m.depth, m.cached,
       m.marks, m.level, m.behind, {shown} AS text, {label} AS label,
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

-- name: newest_text
(SELECT k.text FROM ranked k WHERE k.document = m.document AND k.place = m.place)

-- name: newest_label
-- Numbers, so the longer one is later.
(SELECT v.label FROM clicktracker_version v
        JOIN ranked k ON k.document = v.document AND k.text = {text}
        WHERE v.document = m.document AND k.place = m.place
        ORDER BY length(v.label) DESC, v.label DESC LIMIT 1)

-- name: latest_url
coalesce((SELECT u.url
 FROM clicktracker_reading v
 JOIN clicktracker_reading_url u ON u.reading = v.id
 WHERE v.document = m.document AND v.reader = m.reader
 ORDER BY u.last DESC, u.url LIMIT 1), '')

-- name: newest_only
AND k.behind = p.behind

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
