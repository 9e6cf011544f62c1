-- The statistics of visits: sums of days and of whole months, in pieces of some periods.

-- name: visit_figures
-- Of few things all sums, of visitors how many had come in the period before, and of
-- visits by their seconds those in the middle: in "thing" and in "visits".
WITH sum AS (
    SELECT p.number, s.kind, s.thing, s.visits, s.views, s.time
    FROM ({sent_pieces}) p
    {sums_counted}
), minute AS (
    SELECT number, thing, visits,
           sum(visits) OVER (PARTITION BY number ORDER BY thing) AS reached,
           sum(visits) OVER (PARTITION BY number) AS total
    FROM (SELECT number, thing, sum(visits) AS visits
          FROM sum WHERE kind = {minutes_kind}
          GROUP BY number, thing) m
), second AS (
    -- Of the minutes that have the middle: one of them, or two that are far apart.
    SELECT m.number, m.thing AS minute, s.thing, m.reached - m.visits AS before, m.total,
           sum(s.visits) AS visits
    FROM minute m
    JOIN ({sent_pieces}) p ON p.number = m.number
        AND 2 * m.reached >= m.total AND 2 * (m.reached - m.visits) <= m.total
    {sums_in_the_middle}
    GROUP BY m.number, m.thing, s.thing, m.reached, m.visits, m.total
), ranked AS (
    SELECT number, thing, total,
           2 * (before + sum(visits) OVER (PARTITION BY number, minute ORDER BY thing))
               AS twice
    FROM second
)
SELECT number, kind, thing, sum(visits) AS visits, sum(views) AS views, sum(time) AS time
FROM sum
WHERE kind <> {minutes_kind}
GROUP BY number, kind, thing
UNION ALL
SELECT e.number, s.kind, 0, sum(s.visits), 0, 0
FROM ({sent_earlier}) e
{sums_earlier}
GROUP BY e.number, s.kind
UNION ALL
SELECT number, {seconds_kind}, min(CASE WHEN twice >= total THEN thing END),
       min(CASE WHEN twice > total THEN thing END), 0, 0
FROM ranked
GROUP BY number

-- name: counted
s.site = {here} AND s.kind IN ({counted_kinds}) AND s.span = p.span
AND s.day BETWEEN p.first AND p.last

-- name: came_earlier
s.site = {here} AND s.kind IN ({visitor_kinds}) AND s.span = e.span AND s.day = e.day
AND s.thing BETWEEN e.first AND e.last

-- name: in_the_middle
s.site = {here} AND s.kind = {seconds_kind} AND s.span = p.span
AND s.day BETWEEN p.first AND p.last
AND s.thing BETWEEN 60 * m.thing AND 60 * m.thing + 59

-- name: shared
s.site = {here} AND s.kind = :kind AND s.span = p.span
AND s.day BETWEEN p.first AND p.last

-- name: visit_shares
WITH total AS MATERIALIZED (
    SELECT s.thing, sum(s.visits) AS visits, sum(s.views) AS views, sum(s.time) AS time
    FROM ({sent_pieces}) p
    {sums_shared}
    GROUP BY s.thing
), few AS (
    -- So many as there are until the end of the page, or more where some are alike: of
    -- others nobody needs to know what they are.
    SELECT min(most) AS least
    FROM (SELECT t.{most} AS most FROM total t ORDER BY t.{most} DESC LIMIT :reach) m
), page AS (
    SELECT t.thing, t.visits, t.views, t.time
    FROM few
    JOIN total t ON t.{most} >= few.least
    {found_things}
    ORDER BY t.{most} DESC, {ties}
    LIMIT :size OFFSET :start
)
SELECT n.total, page.thing, page.visits, page.views, page.time, {columns}
FROM (SELECT count(*) AS total FROM total) n
LEFT JOIN page ON 1 = 1
LEFT JOIN {things} g ON g.id = page.thing
ORDER BY page.{most} DESC, {ties}

-- name: is_thing
g.id = t.thing

-- name: shared_pages
clicktracker_page

-- name: shared_members
clicktracker_reader

-- name: shared_words
clicktracker_word

-- name: pages_ties
g.url, g.uid

-- name: members_ties
g.member, g.folder, g.generation

-- name: words_ties
g.word

-- name: pages_columns
g.url, g.uid, g.title

-- name: members_columns
g.member, g.folder, g.name, g.generation, g.retired

-- name: words_columns
g.word
