-- name: getlog
-- 0.4's getLog: LIKE with nothing escaped, grouped by member and url, all of it.
SELECT c.member, sum(c.count) AS count, max(c.lastaccess) AS lastaccess, c.url
FROM click c
JOIN document d ON d.id = c.document
WHERE d.path LIKE :prefix
GROUP BY c.member, c.url
ORDER BY c.member
