-- What is added up for the statistics of visits (visits/summing.py), while page views are
-- recorded: so the visits are as they were before.

-- name: names_of_agents
SELECT a.id, a.browser, a.system, a.device
FROM ({sent_numbers}) n
{found_numbered_agents}

-- name: is_numbered
a.id = n.id

-- name: known_words
SELECT w.id, w.word
FROM ({sent_words}) n
{found_words}

-- name: is_word
w.site = {here} AND w.word = n.word

-- name: add_words
INSERT INTO clicktracker_word (site, word)
SELECT {here}, n.word
FROM ({sent_words}) n
RETURNING id, word

-- name: pages_seen_elsewhere
-- Before the page views that are looked at, or behind them where there are more.
SELECT n.visit, n.page
FROM ({sent_seen}) n
WHERE 1 = (SELECT 1 FROM clicktracker_view w
           WHERE w.visit = n.visit AND w.page = n.page AND w.at < n.since
             AND NOT w.is_exit
           LIMIT 1)
   OR 1 = (SELECT 1 FROM clicktracker_view w
           WHERE w.visit = n.visit AND w.page = n.page AND w.at > n.until
             AND NOT w.is_exit
           LIMIT 1)

-- name: nearest_days
-- The day itself and the nearest ones before and after it, with a visit of the same
-- visitor that is none of those that may change.
SELECT n.visitor, n.day,
       (SELECT i.day FROM clicktracker_visit i
        WHERE {of_this_visitor} AND i.day < n.day AND {does_not_change}
        ORDER BY i.day DESC LIMIT 1) AS before,
       (SELECT i.day FROM clicktracker_visit i
        WHERE {of_this_visitor} AND i.day >= n.day AND {does_not_change}
        ORDER BY i.day LIMIT 1) AS same,
       (SELECT i.day FROM clicktracker_visit i
        WHERE {of_this_visitor} AND i.day > n.day AND {does_not_change}
        ORDER BY i.day LIMIT 1) AS after
FROM ({days}) n

-- name: this_member
i.reader = n.visitor

-- name: this_guest
i.session = n.visitor AND i.reader IS NULL AND +i.site = {here}

-- name: does_not_change
i.id NOT IN (SELECT c.id FROM ({sent_numbers}) c)

-- name: add_sums
WITH n AS MATERIALIZED ({sent_sums})
INSERT INTO clicktracker_sum (site, kind, span, day, thing, visits, views, time)
SELECT {here}, s.kind, s.span, s.day, s.thing, s.visits, s.views, s.time
FROM (
    SELECT kind, {day_span} AS span, day, thing, visits, views, time FROM n
    UNION ALL
    SELECT kind, {month_span}, month, thing, sum(visits), sum(views), sum(time) FROM n
    GROUP BY kind, month, thing
) s
WHERE 1 = 1
ON CONFLICT (site, kind, span, day, thing) DO UPDATE SET
    visits = clicktracker_sum.visits + excluded.visits,
    views = clicktracker_sum.views + excluded.views,
    time = clicktracker_sum.time + excluded.time

-- name: remove_empty_sums
WITH n AS MATERIALIZED ({sent_places})
DELETE FROM clicktracker_sum
WHERE site = {here} AND visits = 0 AND views = 0 AND time = 0
  AND (kind, span, day, thing) IN (
    SELECT kind, {day_span}, day, thing FROM n
    UNION ALL
    SELECT kind, {month_span}, month, thing FROM n)
