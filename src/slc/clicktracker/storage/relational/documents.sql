-- Which documents are known, and which texts of them.

-- name: document_uids
SELECT d.uid AS uid FROM clicktracker_document d WHERE d.site = {here} AND d.uid <> ''

-- name: read_documents
SELECT d.uid AS uid, d.path AS path, d.title AS title, {last_read} AS last,
       count(DISTINCT CASE WHEN r.member <> '' THEN g.reader END) AS readers
FROM {asked}
WHERE {is_read}
GROUP BY d.uid, d.path, d.title
ORDER BY last DESC, d.uid

-- name: texts_shown
-- Where accesses are not there any more, newest may be of none of them.
SELECT d.uid AS uid, {text} AS text,
       min(CASE WHEN g.count > 0 THEN g.oldest END) AS opened_first,
       max(CASE WHEN g.count > 0 THEN {greatest}(g.newest, g.oldest) END)
           AS opened_last,
       min(g.served_first) AS served_first, max(g.served_last) AS served_last,
       min(g.downloaded_first) AS downloaded_first,
       max(g.downloaded_last) AS downloaded_last,
       min(g.acknowledged) AS acknowledged_first,
       max(g.acknowledged) AS acknowledged_last,
       min(g.attested) AS attested_first, max(g.attested) AS attested_last,
       count(DISTINCT CASE WHEN r.member <> '' AND {is_read} THEN g.reader END)
           AS readers
FROM {asked} {with_version}
GROUP BY d.uid, {text}

-- name: labels
SELECT d.uid AS uid, {text} AS text, v.label AS label
FROM clicktracker_document d
JOIN clicktracker_version v ON v.document = d.id
WHERE d.site = {here} AND d.uid <> '' AND d.identity IN ({listed})
