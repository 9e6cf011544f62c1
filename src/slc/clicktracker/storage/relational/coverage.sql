-- How many readers were served, and how many reached each level.

-- name: coverage
WITH {evidence}
SELECT coalesce(sum(e.served), 0) AS served,
       {reached},
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
