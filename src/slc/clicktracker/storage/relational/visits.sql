-- Visits and page views, listed.

-- name: list_visits
-- One statement, so that the total belongs to the rows; the page is empty behind the
-- end, and the total is still there.
WITH page AS (
    SELECT v.id FROM clicktracker_visit v
    WHERE {listed}
    ORDER BY v.last DESC, v.key
    LIMIT :size OFFSET :start
)
SELECT t.total, {listed_visit}, {of_reader_and_agent},
       e.url AS entry_url, e.uid AS entry_uid, e.title AS entry_title,
       x.url AS exit_url, x.uid AS exit_uid, x.title AS exit_title
FROM (SELECT count(*) AS total FROM clicktracker_visit v
      WHERE {where}) t
LEFT JOIN page ON 1 = 1
LEFT JOIN clicktracker_visit v ON v.id = page.id
LEFT JOIN clicktracker_page e ON e.id = v.entry_page
LEFT JOIN clicktracker_page x ON x.id = v.exit_page
LEFT JOIN clicktracker_agent a ON a.id = v.agent
LEFT JOIN clicktracker_reader r ON r.id = v.reader
ORDER BY v.last DESC, v.key

-- name: list_views
WITH page AS (
    SELECT v.site, v.key FROM clicktracker_view v
    WHERE NOT v.is_exit AND {where}
    ORDER BY v.at DESC, v.key
    LIMIT :size OFFSET :start
)
SELECT {view_columns}, {of_reader_and_agent}, p.url, p.uid, p.title, t.total
FROM (SELECT count(*) AS total FROM clicktracker_view v
      WHERE NOT v.is_exit AND {where}) t
LEFT JOIN page ON 1 = 1
LEFT JOIN clicktracker_view v ON v.site = page.site AND v.key = page.key
LEFT JOIN clicktracker_page p ON p.id = v.page
LEFT JOIN clicktracker_agent a ON a.id = v.agent
LEFT JOIN clicktracker_reader r ON r.id = v.reader
ORDER BY v.at DESC, v.key

-- name: whole_site
v.site = {here}

-- name: part_of_site
-- Something else tells what few rows it is about, so SQLite must not look through the
-- site: "+" keeps it from that.
+v.site = {here}

-- name: listed_visit
v.key, v.session, v.start, v.last, v.pages, v.address, v.referrer, v.source, v.is_over

-- name: of_reader_and_agent
r.folder, r.member, r.name, r.generation, r.retired, a.agent AS agent_text, a.browser,
    a.system, a.device

-- name: visits_since
AND v.last >= :since

-- name: visits_until
AND v.start <= :until

-- name: views_since
AND v.at >= :since

-- name: lone_views
AND v.alone IS NOT NULL

-- name: lone_views_since
AND v.alone >= :since

-- name: views_until
AND v.at <= :until

-- name: of_members
AND v.reader IS NOT NULL

-- name: of_guests
AND v.reader IS NULL

-- name: some_members
v.reader IN (
    SELECT r.id FROM ({expected}) e
    CROSS JOIN clicktracker_reader r
    WHERE r.site = {here} AND r.folder = e.folder AND r.member = e.member)

-- name: of_generation
AND EXISTS (SELECT 1 FROM clicktracker_reader r
            WHERE r.id = v.reader AND r.generation = :generation)

-- name: of_account_now
AND EXISTS (SELECT 1 FROM clicktracker_reader r
            WHERE r.id = v.reader AND r.retired IS NULL)

-- name: found_members
AND EXISTS (
    SELECT 1 FROM clicktracker_reader r
    WHERE r.id = v.reader
      AND ({contains}({shown_key}, :search) > 0 OR {contains}(r.id_key, :search) > 0))

-- name: of_session
AND v.session = :session AND v.session <> ''

-- name: visits_of_visit
AND v.key = :visit

-- name: views_of_visit
AND v.session = (SELECT i.session FROM clicktracker_visit i
                 WHERE i.site = {here} AND i.key = :visit)
AND v.session <> ''
AND v.visit = (SELECT i.id FROM clicktracker_visit i
               WHERE i.site = {here} AND i.key = :visit)

-- name: pages_with_uid
SELECT p.id FROM clicktracker_page p
WHERE p.site = {here} AND p.uid = :uid AND p.uid <> ''

-- name: pages_with_url
SELECT p.id FROM clicktracker_page p WHERE p.site = {here} AND p.url_key = :url_key

-- name: pages_with_either
-- The server may not know of what content an address is.
SELECT p.id FROM clicktracker_page p
WHERE p.site = {here} AND p.uid = :uid AND p.uid <> ''
UNION ALL
SELECT p.id FROM clicktracker_page p
WHERE p.site = {here} AND p.url_key = :url_key AND p.uid = ''

-- name: visits_with_page
AND v.id IN (SELECT w.visit FROM clicktracker_view w
             WHERE w.page IN ({asked_pages}) AND NOT w.is_exit)

-- name: visits_with_page_lately
-- There are few visits, and the page may have been viewed for years.
AND EXISTS (
    SELECT 1 FROM clicktracker_view w
    WHERE w.session = v.session AND w.session <> '' AND w.at >= v.start AND w.at <= v.last
      AND w.visit = v.id AND NOT w.is_exit AND +w.page IN ({asked_pages}))

-- name: some_views_of_page
SELECT count(*) FROM (
    SELECT 1 AS seen FROM clicktracker_view w
    WHERE w.page IN ({asked_pages}) AND NOT w.is_exit
    LIMIT :most) f

-- name: visits_with_page_often
-- "+" keeps both databases from looking each visit up by its number.
AND +v.id IN (SELECT w.visit FROM clicktracker_view w
              WHERE w.page IN ({asked_pages}) AND NOT w.is_exit)

-- name: visits_with_page_latest
-- The latest visits to a page that is seen often are found on the way through the latest
-- visits. The end keeps PostgreSQL from making a join of it, and looking through all.
AND EXISTS (
    SELECT 1 FROM clicktracker_view w
    WHERE w.visit = v.id AND w.page IN ({asked_pages}) AND NOT w.is_exit
    LIMIT 1 OFFSET 0)

-- name: views_with_page
AND v.page IN ({asked_pages})

-- name: pages_in_place
SELECT p.id FROM clicktracker_page p
WHERE p.site = {here} AND (p.url = :place OR (p.url >= :low AND p.url < :high))

-- name: visits_in_place
-- A place is mostly large, see visits_with_page_often.
AND +v.id IN (SELECT w.visit FROM clicktracker_view w
              WHERE w.page IN ({pages_in_place}) AND NOT w.is_exit)

-- name: views_in_place
AND v.page IN ({pages_in_place})
