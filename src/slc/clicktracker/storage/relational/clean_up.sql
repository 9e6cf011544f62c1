-- What is forgotten about visitors after some time (visits/retention.py).

-- name: kept
SELECT k.views_from, k.visits_from FROM clicktracker_kept k WHERE k.site = {here}

-- name: keep_views_from
-- What was removed doesn't come back where more is kept afterwards, except by a wrong clock.
INSERT INTO clicktracker_kept (site, views_from)
SELECT s.id, :before FROM clicktracker_site s WHERE s.uid = :site
ON CONFLICT (site) DO UPDATE SET views_from = CASE
    WHEN clicktracker_kept.views_from BETWEEN excluded.views_from AND :now
    THEN clicktracker_kept.views_from ELSE excluded.views_from END

-- name: keep_visits_from
INSERT INTO clicktracker_kept (site, visits_from)
SELECT s.id, :before FROM clicktracker_site s WHERE s.uid = :site
ON CONFLICT (site) DO UPDATE SET visits_from = CASE
    WHEN clicktracker_kept.visits_from BETWEEN excluded.visits_from AND :now
    THEN clicktracker_kept.visits_from ELSE excluded.visits_from END

-- name: counted_before
-- What began a visit and was removed since.
SELECT k.key
FROM ({sent_keys}) k
CROSS JOIN clicktracker_visit i
WHERE i.site = {here} AND i.key = k.key
  AND NOT EXISTS (SELECT 1 FROM clicktracker_view v
                  WHERE v.site = i.site AND v.key = i.key)

-- name: is_old_view
-- The last one of a visit that went on afterwards stays: what follows is decided by it.
v.site = {here} AND v.at < :before
AND (NOT EXISTS (SELECT 1 FROM clicktracker_visit i
                 WHERE i.id = v.visit AND i.last >= :before)
     OR EXISTS (SELECT 1 FROM clicktracker_view w
                WHERE w.site = v.site AND w.session = v.session AND w.session <> ''
                  AND w.visit = v.visit AND w.at < :before
                  AND (w.at, w.is_exit, w.key) > (v.at, v.is_exit, v.key)))

-- name: old_views
SELECT count(*) AS number FROM clicktracker_view v WHERE {is_old_view}

-- name: some_old_views
SELECT v.key FROM clicktracker_view v WHERE {is_old_view}
ORDER BY v.at
LIMIT :most

-- name: old_visits
SELECT count(*) AS number FROM clicktracker_visit i
WHERE i.site = {here} AND i.last < :before

-- name: some_old_visits
SELECT {visit_columns} FROM clicktracker_visit i
WHERE i.site = {here} AND i.last < :before
ORDER BY i.last
LIMIT :most

-- name: count_views
SELECT v.visit, count(*) AS views
FROM ({sent_numbers}) n
CROSS JOIN clicktracker_visit i
CROSS JOIN clicktracker_view v
WHERE i.id = n.id AND v.site = i.site AND v.session = i.session AND v.session <> ''
  AND v.visit = i.id
GROUP BY v.visit

-- name: remove_views_of
DELETE FROM clicktracker_view
WHERE site = {here} AND key IN (
    SELECT v.key
    FROM ({sent_numbers}) n
    CROSS JOIN clicktracker_visit i
    CROSS JOIN clicktracker_view v
    WHERE i.id = n.id AND v.site = i.site AND v.session = i.session
      AND v.session <> '' AND v.visit = i.id)

-- name: whole_addresses
SELECT (SELECT count(*) FROM clicktracker_view v
        WHERE v.site = {here} AND v.whole < :before)
     + (SELECT count(*) FROM clicktracker_visit i
        WHERE i.site = {here} AND i.whole < :before) AS number

-- name: some_whole_views
SELECT v.key, v.address FROM clicktracker_view v
WHERE v.site = {here} AND v.whole < :before
ORDER BY v.whole
LIMIT :most

-- name: some_whole_visits
SELECT i.key, i.address FROM clicktracker_visit i
WHERE i.site = {here} AND i.whole < :before
ORDER BY i.whole
LIMIT :most

-- name: shorten_views
-- Nothing else is set, so that no other index has to be written. Site and limit are there
-- for SQLite: without them it compares each address with all page views of the site.
UPDATE clicktracker_view SET address = n.address, whole = NULL
FROM (SELECT {here} AS site, k.key, k.address FROM ({sent_addresses}) k LIMIT :most) n
WHERE clicktracker_view.site = n.site AND clicktracker_view.key = n.key

-- name: shorten_visits
UPDATE clicktracker_visit SET address = n.address, whole = NULL
FROM (SELECT {here} AS site, k.key, k.address FROM ({sent_addresses}) k LIMIT :most) n
WHERE clicktracker_visit.site = n.site AND clicktracker_visit.key = n.key

-- name: is_unused_page
p.site = {here}
AND NOT EXISTS (SELECT 1 FROM clicktracker_view v WHERE v.page = p.id)
AND NOT EXISTS (SELECT 1 FROM clicktracker_visit i WHERE i.entry_page = p.id)
AND NOT EXISTS (SELECT 1 FROM clicktracker_visit i WHERE i.exit_page = p.id)
AND NOT EXISTS (SELECT 1 FROM clicktracker_sum s
                WHERE s.thing = p.id AND s.span = {month_span} AND s.kind IN ({page_kinds}))

-- name: unused_pages
SELECT p.id FROM clicktracker_page p WHERE {is_unused_page} LIMIT :most

-- name: remove_unused_pages
DELETE FROM clicktracker_page WHERE id IN (
    SELECT p.id FROM ({sent_numbers}) n
    CROSS JOIN clicktracker_page p
    WHERE p.id = n.id AND {is_unused_page})
RETURNING id

-- name: is_unused_agent
NOT EXISTS (SELECT 1 FROM clicktracker_view v WHERE v.agent = a.id)
AND NOT EXISTS (SELECT 1 FROM clicktracker_visit i WHERE i.agent = a.id)

-- name: unused_agents
SELECT a.id FROM clicktracker_agent a WHERE {is_unused_agent} LIMIT :most

-- name: remove_unused_agents
DELETE FROM clicktracker_agent WHERE id IN (
    SELECT a.id FROM ({sent_numbers}) n
    CROSS JOIN clicktracker_agent a
    WHERE a.id = n.id AND {is_unused_agent})
RETURNING id

-- name: is_unused_word
w.site = {here}
AND NOT EXISTS (SELECT 1 FROM clicktracker_sum s
                WHERE s.thing = w.id AND s.span = {month_span} AND s.kind IN ({word_kinds}))

-- name: unused_words
SELECT w.id FROM clicktracker_word w WHERE {is_unused_word} LIMIT :most

-- name: remove_unused_words
DELETE FROM clicktracker_word WHERE id IN (
    SELECT w.id FROM ({sent_numbers}) n
    CROSS JOIN clicktracker_word w
    WHERE w.id = n.id AND {is_unused_word})
RETURNING id

-- name: is_unused_account
-- That an account was deleted has to be known for as long as page views of it may arrive.
r.site = {here} AND (r.retired IS NULL OR r.retired < :before)
AND NOT EXISTS (SELECT 1 FROM clicktracker_reading g WHERE g.reader = r.id)
AND NOT EXISTS (SELECT 1 FROM clicktracker_view v WHERE v.reader = r.id)
AND NOT EXISTS (SELECT 1 FROM clicktracker_visit i WHERE i.reader = r.id)
AND NOT EXISTS (SELECT 1 FROM clicktracker_acknowledgement k WHERE k.reader = r.id)

-- name: unused_accounts
SELECT r.id FROM clicktracker_reader r WHERE {is_unused_account} LIMIT :most

-- name: remove_unused_accounts
DELETE FROM clicktracker_reader WHERE id IN (
    SELECT r.id FROM ({sent_numbers}) n
    CROSS JOIN clicktracker_reader r
    WHERE r.id = n.id AND {is_unused_account})
RETURNING id
