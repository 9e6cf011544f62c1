-- A year of readings, made by the database itself: the same numbers, whichever it is.
-- made_version and made_member (generated.py) say who may read what, and how likely that
-- is; chance is a number that the two of them and the seed always come to. {moment_…} is
-- a time for the database.

-- name: versions
CREATE TEMPORARY TABLE made_version (
    version bigint PRIMARY KEY, document bigint, since bigint, seconds bigint,
    popularity bigint, url text, url_key text)

-- name: members
CREATE TEMPORARY TABLE made_member (reader bigint PRIMARY KEY, activity bigint)

-- name: site
INSERT INTO clicktracker_site (uid) VALUES (:site)

-- name: document
INSERT INTO clicktracker_document (site, uid, identity, path, path_at, title, title_at)
VALUES (1, :uid, :uid, :path, :at, :title, :at)

-- name: version
INSERT INTO clicktracker_version (document, label, digest, words, since)
VALUES (:document, :label, :digest, :words, :since)

-- name: reader
INSERT INTO clicktracker_reader
    (site, folder, member, generation, name, name_at, name_key, id_key)
VALUES (1, '', :member, 1, :name, :at, :name_key, :id_key)

-- name: made_version
INSERT INTO made_version
VALUES (:version, :document, :since, :seconds, :popularity, :url, :url_key)

-- name: made_member
INSERT INTO made_member VALUES (:reader, :activity)

-- name: pairs
-- Half of the readings of a version fall into the first eighth of its time.
-- LIMIT keeps the two databases from working out the same number again and again.
SELECT x.*,
       x.since + x.seconds * (x.chance * 16807 % 2147483647 % 10000)
           * (x.chance * 16807 % 2147483647 % 10000) / 10000
           * (x.chance * 16807 % 2147483647 % 10000) / 100000000
           + x.chance % 60 AS opened,
       CASE WHEN x.chance * 48271 % 2147483647 % 100 < 6 THEN 0
            WHEN x.chance * 48271 % 2147483647 % 100 < 75 THEN 1
            ELSE 2 + x.chance * 69621 % 2147483647 % 4 END AS times,
       x.chance * 39373 % 2147483647 % 600 AS stay,
       x.chance * 40692 % 2147483647 % 2592000 AS again
FROM (SELECT v.version, v.document, m.reader, v.since, v.seconds, v.popularity,
             m.activity,
             ((v.version * 7919 + m.reader * 104729 + :seed) * 48271 % 2147483647)
             * ((v.version * 7919 + m.reader * 104729 + :seed) * 48271 % 2147483647)
             % 2147483647 * 40014 % 2147483647 AS chance
      FROM made_version v CROSS JOIN made_member m
      LIMIT 100000000000 OFFSET 0) x
WHERE x.chance % 1000000 < x.popularity * x.activity / 1000000

-- name: readings
-- In the order of time, as they come in life: those of one document are far apart.
INSERT INTO clicktracker_reading
    (document, version, reader, count, first, last, engaged, depth, cached, newest,
     oldest, marks, served_first, served_last)
SELECT p.document, p.version, p.reader, p.times, {moment_first}, {moment_last},
       CASE WHEN p.times > 0 THEN p.stay * 500 ELSE 0 END,
       CASE WHEN p.times > 0 THEN p.chance * 45991 % 2147483647 % 101 ELSE 0 END, 0,
       {moment_newest}, CASE WHEN p.times > 0 THEN {moment_first} ELSE {never} END,
       CASE WHEN p.times > 0 AND p.chance * 45991 % 2147483647 % 101 > 70
            THEN {ended} ELSE 0 END
       + CASE WHEN p.chance * 45991 % 2147483647 % 101 = 3 THEN {printed} ELSE 0 END,
       {moment_first}, {moment_newest}
FROM ({pairs} LIMIT 100000000000 OFFSET 0) p
ORDER BY p.opened, p.chance

-- name: urls
INSERT INTO clicktracker_reading_url (reading, url_key, url, count, first, last)
SELECT g.id, v.url_key, v.url, g.count, g.first, g.last
FROM clicktracker_reading g
JOIN made_version v ON v.version = g.version
WHERE g.count > 0

-- name: days
-- The first access counts for the first day, all others for the last.
INSERT INTO clicktracker_day (document, day, accesses)
SELECT a.document, {day}, sum(a.accesses)
FROM (SELECT document, oldest AS issued, 1 AS accesses
      FROM clicktracker_reading WHERE count > 0
      UNION ALL
      SELECT document, newest, count - 1 FROM clicktracker_reading WHERE count > 1) a
GROUP BY a.document, {day}

-- name: document_0_4
-- The tables of 0.4, as in tests/storage/clicktracker_0_4.sql.
CREATE TABLE document (
    id integer NOT NULL PRIMARY KEY,
    path character varying(1024) NOT NULL UNIQUE)

-- name: click_0_4
CREATE TABLE click (
    id integer NOT NULL PRIMARY KEY,
    member character varying(255) NOT NULL,
    count integer NOT NULL DEFAULT 0,
    lastaccess timestamp without time zone,
    document integer NOT NULL REFERENCES document (id) ON DELETE CASCADE,
    url character varying(1024) NOT NULL,
    UNIQUE (member, document, url))

-- name: documents_0_4
INSERT INTO document (id, path) SELECT id, path FROM clicktracker_document

-- name: clicks_0_4
INSERT INTO click (id, member, count, lastaccess, document, url)
SELECT u.id, u.member, u.count, u.last, u.document, u.url
FROM (SELECT min(g.id) AS id, r.member, sum(g.count) AS count, max(g.last) AS last,
             g.document, max(u.url) AS url
      FROM clicktracker_reading g
      JOIN clicktracker_reader r ON r.id = g.reader
      JOIN clicktracker_reading_url u ON u.reading = g.id
      GROUP BY r.member, g.document) u
ORDER BY u.last
