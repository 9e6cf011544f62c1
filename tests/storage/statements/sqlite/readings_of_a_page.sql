WITH ranked AS (
    SELECT d.id AS document, o.text AS text, o.place AS place, o.behind AS behind
    FROM (SELECT json_extract(value, '$[0]') AS uid, json_extract(value, '$[1]') AS text, json_extract(value, '$[2]') AS place, json_extract(value, '$[3]') AS behind FROM json_each(:ranks)) o
    JOIN clicktracker_document d ON d.site = (SELECT id FROM clicktracker_site WHERE uid = :site) AND d.identity = o.uid
), page AS (
    SELECT d.id AS document, o.reader AS reader, o.sorted_by AS sorted_by , sum(g.count) AS count, min(min(g.first), coalesce(min(g.downloaded_first), min(g.first))) AS first, max(max(g.last), coalesce(max(g.downloaded_last), max(g.last))) AS last,
               sum(g.cached) AS cached, max(g.downloaded_last) AS downloaded, o.behind AS behind, o.place AS place
    FROM (SELECT json_extract(value, '$[0]') AS uid, json_extract(value, '$[1]') AS reader, json_extract(value, '$[2]') AS sorted_by, json_extract(value, '$[3]') AS behind, json_extract(value, '$[4]') AS place FROM json_each(:page)) o
    JOIN clicktracker_document d ON d.site = (SELECT id FROM clicktracker_site WHERE uid = :site) AND d.identity = o.uid
    JOIN clicktracker_reading g ON g.document = d.id + 0 AND g.reader = o.reader + 0
    WHERE (g.count > 0 OR g.downloaded_last IS NOT NULL)
    GROUP BY d.id, o.reader, o.sorted_by, o.behind, o.place
), disputed AS MATERIALIZED (
    SELECT v.document AS document, v.digest AS digest, max(v.words) AS words
    FROM clicktracker_document d
    JOIN clicktracker_version v ON v.document = d.id
    WHERE d.site = (SELECT id FROM clicktracker_site WHERE uid = :site) AND d.identity IN (SELECT value FROM json_each(:documents)) AND v.digest <> ''
    GROUP BY v.document, v.digest
    HAVING min(v.words) < max(v.words)
), texts AS (
    SELECT g.document AS document, g.reader AS reader, max(p.count) AS count, max(p.first) AS first, max(p.last) AS last,
           max(p.cached) AS cached, max(p.downloaded) AS downloaded,
           max(p.behind) AS behind, max(p.place) AS place, max(p.sorted_by) AS sorted_by,
           CASE WHEN sum(g.engaged) > 0
                THEN min(CAST(sum(g.engaged) AS bigint), max((max(g.last) - min(g.oldest)) / 1000, 0))
                ELSE 0 END AS engaged,
           max(g.count) AS opened, max(g.depth) AS depth,
           max(marks & 1) | max(marks & 2) AS marks,
           sum(g.count) AS text_count, sum(g.cached) AS text_cached,
           min(min(g.first), coalesce(min(g.downloaded_first), min(g.first))) AS text_first, max(max(g.last), coalesce(max(g.downloaded_last), max(g.last))) AS text_last,
           max(g.downloaded_last) AS text_downloaded, max(coalesce(l.words, v.words)) AS words
    FROM page p
    JOIN clicktracker_reading g ON g.document = p.document + 0 AND g.reader = p.reader + 0
    JOIN clicktracker_version v ON v.id = g.version
    LEFT JOIN disputed l ON l.document = v.document AND l.digest = v.digest JOIN ranked k ON k.document = g.document AND k.text = CASE v.digest WHEN '' THEN v.label ELSE v.digest END
    WHERE (g.count > 0 OR g.downloaded_last IS NOT NULL) AND k.behind = p.behind
    GROUP BY g.document, g.reader, v.digest,
             CASE v.digest WHEN '' THEN v.label ELSE '' END
), evidence AS (
    SELECT p.document AS document, p.reader AS reader, max(p.count) AS count, max(p.first) AS first, max(p.last) AS last,
           max(p.cached) AS cached, max(p.downloaded) AS downloaded,
           max(p.behind) AS behind, max(p.place) AS place, max(p.sorted_by) AS sorted_by,
           sum(p.engaged) AS engaged, max(p.depth) AS depth,
           max(marks & 1) | max(marks & 2) AS marks, count(*) AS texts, sum(p.text_count) AS text_count, sum(p.text_cached) AS text_cached,
           min(p.text_first) AS text_first, max(p.text_last) AS text_last,
           max(p.text_downloaded) AS text_downloaded,
           max(CASE WHEN NOT (p.opened > 0) THEN -1
                    WHEN NOT (p.engaged >= max(:least, p.words * CAST(60000 AS bigint) / :pace)) THEN 0
                    WHEN NOT ((p.marks & 1) <> 0) THEN 1
                    ELSE 2 END) AS level
    FROM texts p
    GROUP BY p.document, p.reader
)
SELECT t.total, t.readers, m.count, m.first, m.last, m.engaged, m.depth, m.cached,
       m.marks, m.level, m.behind, (SELECT k.text FROM ranked k WHERE k.document = m.document AND k.place = m.place) AS text, (SELECT v.label FROM clicktracker_version v
        JOIN ranked k ON k.document = v.document AND k.text = CASE v.digest WHEN '' THEN v.label ELSE v.digest END
        WHERE v.document = m.document AND k.place = m.place
        ORDER BY length(v.label) DESC, v.label DESC LIMIT 1) AS label,
       m.downloaded, m.texts, m.text_count, m.text_cached, m.text_first, m.text_last, m.text_downloaded, r.member, r.folder, r.name, r.generation, r.retired,
       d.uid, d.path, d.title, coalesce((SELECT u.url
 FROM clicktracker_reading v
 JOIN clicktracker_reading_url u ON u.reading = v.id
 WHERE v.document = m.document AND v.reader = m.reader
 ORDER BY u.last DESC, u.url LIMIT 1), '') AS url
FROM (SELECT count(*) AS total,
             count(DISTINCT CASE WHEN m.reader NOT IN (SELECT r.id FROM clicktracker_reader r
WHERE r.site = (SELECT id FROM clicktracker_site WHERE uid = :site) AND r.member = '' ) THEN m.reader END)
                 AS readers
      FROM page m) t
LEFT JOIN evidence m ON 1 = 1
LEFT JOIN clicktracker_reader r ON r.id = m.reader
LEFT JOIN clicktracker_document d ON d.id = m.document
ORDER BY m.sorted_by ASC, CASE WHEN r.retired IS NULL THEN r.name_key ELSE r.id_key END, r.id_key, r.member, r.folder, r.generation, d.uid
