-- Recording page views (visits/recording.py has the order), and forgetting visitors.
-- {sent_keys} and the like are queries for the rows that a statement is sent. "+" before
-- the site keeps SQLite from looking through the whole site where something else tells
-- what few rows it is about.

-- name: known_views
SELECT {view_columns}, p.url, p.uid, a.agent AS agent_text, r.folder, r.member
FROM ({sent_keys}) k
{found_views}
JOIN clicktracker_page p ON p.id = v.page
JOIN clicktracker_agent a ON a.id = v.agent
LEFT JOIN clicktracker_reader r ON r.id = v.reader

-- name: is_view
v.site = {here} AND v.key = k.key

-- name: known_pages
SELECT p.id, p.uid, p.url, p.title, p.title_at
FROM ({sent_pages}) n
{found_pages}

-- name: is_page
p.site = {here} AND p.url_key = n.url_key AND p.uid = n.uid

-- name: add_pages
INSERT INTO clicktracker_page (site, uid, url_key, url, title, title_at)
SELECT {here}, n.uid, n.url_key, n.url, n.title, n.title_at
FROM ({sent_new_pages}) n
RETURNING id, uid, url

-- name: learn_titles
UPDATE clicktracker_page SET title = n.title, title_at = n.title_at
FROM ({sent_titles}) n
WHERE clicktracker_page.id = n.id

-- name: known_agents
SELECT a.id, a.agent
FROM ({sent_agents}) n
{found_agents}

-- name: is_agent
a.agent = n.agent

-- name: add_agents
-- In their order, as other sites may add the same ones now.
INSERT INTO clicktracker_agent (agent, browser, system, device)
SELECT n.agent, n.browser, n.system, n.device
FROM ({sent_new_agents}) n
WHERE 1 = 1
ORDER BY n.agent
ON CONFLICT DO NOTHING

-- name: known_accounts
-- When a name that is empty was told doesn't matter, and may be before all times.
SELECT r.id, r.folder, r.member, r.retired, r.name,
       CASE WHEN r.name <> '' THEN r.name_at END AS name_at
FROM ({sent_accounts}) n
{found_accounts}
ORDER BY r.generation

-- name: is_account
r.site = {here} AND r.folder = n.folder AND r.member = n.member

-- name: add_accounts
INSERT INTO clicktracker_reader
    (site, folder, member, generation, name, name_at, name_key, id_key)
SELECT {here}, n.folder, n.member,
       coalesce((SELECT max(r.generation) FROM clicktracker_reader r
                 WHERE r.site = {here} AND r.folder = n.folder
                   AND r.member = n.member), 0) + 1,
       '', n.name_at, n.id_key, n.id_key
FROM ({sent_new_accounts}) n
WHERE 1 = 1
ORDER BY n.folder, n.member
ON CONFLICT DO NOTHING

-- name: lock_accounts
-- In the order in which names are changed by who records accesses.
SELECT r.id FROM clicktracker_reader r
WHERE r.id IN (SELECT n.id FROM ({sent_numbers}) n)
ORDER BY r.id
{for_update}

-- name: learn_names
UPDATE clicktracker_reader SET
    name = n.name, name_at = n.name_at, name_key = n.name_key
FROM ({sent_names}) n
WHERE clicktracker_reader.id = n.id
  AND (clicktracker_reader.name = '' OR (n.name_at, n.name)
       > (clicktracker_reader.name_at, clicktracker_reader.name))

-- name: window_views
-- Of a session no more than so many moments after the last change.
WITH s AS MATERIALIZED (
    SELECT n.session, n.since,
           coalesce(
               (SELECT w.at FROM clicktracker_view w
                WHERE w.session = n.session AND w.session <> '' AND w.at > n.until
                  AND +w.site = {here}
                ORDER BY w.at LIMIT 1 OFFSET :room), :end) AS until
    FROM ({sent_sessions}) n
)
SELECT {view_columns}
FROM s
{found_later_views}

-- name: is_later
v.session = s.session AND v.session <> '' AND v.at BETWEEN s.since AND s.until
AND +v.site = {here}

-- name: window_before
-- Of one moment there may be several.
SELECT {view_columns}
FROM ({sent_sessions}) s
{found_views_before}

-- name: is_just_before
v.session = s.session AND v.session <> '' AND v.visit IS NOT NULL AND +v.site = {here}
AND v.at = (
    SELECT w.at FROM clicktracker_view w
    WHERE w.session = s.session AND w.session <> '' AND w.at < s.since
      AND w.visit IS NOT NULL AND +w.site = {here}
    ORDER BY w.at DESC LIMIT 1)

-- name: window_visits
SELECT {visit_columns}
FROM ({sent_numbers}) n
{found_visits}

-- name: is_visit
i.id = n.id

-- name: remove_visits
DELETE FROM clicktracker_visit WHERE id IN (SELECT n.id FROM ({sent_numbers}) n)

-- name: change_visits
UPDATE clicktracker_visit SET
    key = n.key, session = n.session, start = n.start, last = n.last, day = n.day, pages = n.pages,
    whole = n.whole,
    address = n.address, referrer = n.referrer, source = n.source, is_over = n.is_over,
    entry_page = n.entry_page, exit_page = n.exit_page, agent = n.agent,
    reader = n.reader
FROM ({sent_visits}) n
WHERE clicktracker_visit.id = n.id

-- name: add_visits
INSERT INTO clicktracker_visit
    (site, key, session, start, last, day, pages, whole, address, referrer, source, is_over,
     entry_page, exit_page, agent, reader)
SELECT {here}, n.key, n.session, n.start, n.last, n.day, n.pages, n.whole, n.address, n.referrer,
       n.source, n.is_over, n.entry_page, n.exit_page, n.agent, n.reader
FROM ({sent_visits}) n
RETURNING id, key

-- name: write_views
INSERT INTO clicktracker_view
    (site, key, session, at, seen, latest, alone, whole, engaged, gap, ahead, address,
     referrer, query, method, status, source, is_exit, page, agent, reader, visit)
SELECT {here}, n.key, n.session, n.at, n.seen, n.latest, n.alone, n.whole, n.engaged, n.gap,
       n.ahead, n.address, n.referrer, n.query, n.method, n.status, n.source, n.is_exit, n.page,
       n.agent, n.reader, n.visit
FROM ({sent_views}) n
WHERE 1 = 1
ON CONFLICT (site, key) DO UPDATE SET
    session = excluded.session, at = excluded.at, seen = excluded.seen,
    latest = excluded.latest, alone = excluded.alone, whole = excluded.whole, engaged = excluded.engaged,
    gap = excluded.gap, ahead = excluded.ahead,
    address = excluded.address, referrer = excluded.referrer, query = excluded.query,
    method = excluded.method, status = excluded.status, source = excluded.source,
    is_exit = excluded.is_exit, page = excluded.page, agent = excluded.agent,
    reader = excluded.reader, visit = excluded.visit

-- name: remove_views
DELETE FROM clicktracker_view
WHERE site = {here} AND key IN (SELECT k.key FROM ({sent_keys}) k)

-- name: accounts_of
SELECT r.id FROM clicktracker_reader r
WHERE r.site = {here} AND r.folder = :folder AND r.member = :member

-- name: views_of
-- What somebody saw, and what belongs to the visits: pages before the log-in, log-outs.
SELECT {view_columns}
FROM clicktracker_view v
WHERE v.reader IN ({accounts_of})
UNION
SELECT {view_columns}
FROM clicktracker_visit i
JOIN clicktracker_view v
  ON v.session = i.session AND v.session <> '' AND v.visit = i.id
WHERE i.reader IN ({accounts_of})

-- name: visits_of
SELECT {visit_columns}
FROM clicktracker_visit i
WHERE i.reader IN ({accounts_of})
