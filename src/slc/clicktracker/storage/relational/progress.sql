-- How far the audiences of many documents are.

-- name: accounts
SELECT e.folder, e.member, r.id
FROM ({expected}) e
CROSS JOIN clicktracker_reader r
WHERE r.site = {here} AND r.folder = e.folder AND r.member = e.member
  AND r.retired IS NULL

-- name: read_items
-- Who of which audience has read what: each reader once for an item, of however many
-- documents and versions. What is expected is put down first. MATERIALIZED, as the
-- planners don't know how many there are, and would take them apart again and again;
-- CROSS JOIN, as SQLite then takes one after the other, and looks at the readings of each
-- document once. That the documents are listed says nothing new, but tells PostgreSQL's
-- planner how few they are.
items AS MATERIALIZED (
    SELECT DISTINCT i.item, i.audience, i.any_text, d.id AS document
    FROM ({items}) i
    CROSS JOIN clicktracker_document d
    WHERE d.site = {here} AND d.identity = i.uid AND d.uid <> ''
), wanted AS MATERIALIZED (
    SELECT i.item, v.id AS version
    FROM items i
    JOIN clicktracker_version v ON v.document = i.document
    WHERE i.any_text = 1 OR (i.item, {text}) IN ({item_texts})
), members AS MATERIALIZED (
    {members}
), done AS (
    SELECT DISTINCT i.item, g.reader
    FROM items i
    CROSS JOIN clicktracker_reading g
    CROSS JOIN wanted w
    CROSS JOIN members m
    WHERE g.document = i.document
      AND w.item = i.item AND w.version = g.version
      AND m.audience = i.audience AND m.reader = g.reader
      -- Asked last, of those that count, as SQLite has it in no index.
      AND CASE WHEN m.reader = g.reader THEN {is_read} END
      AND i.document IN (SELECT d.id FROM clicktracker_document d
                         WHERE d.site = {here} AND d.identity IN ({listed}))
)

-- name: read_by_item
WITH {read_items}
SELECT item, count(*) AS readers FROM done GROUP BY item

-- name: read_by_reader
WITH {read_items}
SELECT reader, count(*) AS items FROM done GROUP BY reader
