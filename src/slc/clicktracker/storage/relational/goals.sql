-- Goals that readers reached, and the versions of splits that they were shown.

-- name: goal_evidence
-- What is known of the reading of each chance; none where the page was never noted as served.
-- Whose account it is, the ticket says by its time. A text is as long as the longest of its
-- versions, whoever read that one.
SELECT n.number, d.id AS document, r.id AS reader,
       (SELECT max(w.words) FROM clicktracker_version w
        WHERE w.document = d.id AND w.digest = n.digest
          AND (w.digest <> '' OR w.label = n.label)) AS words,
       max(g.count) AS opened,
       CASE WHEN sum(g.engaged) > 0
            THEN {least}(CAST(sum(g.engaged) AS bigint), {greatest}({elapsed}, 0))
            ELSE 0 END AS engaged,
       {all_marks} AS marks,
       max(g.downloaded_last) AS downloaded
FROM ({sent_chances}) n
JOIN clicktracker_document d ON d.site = {here} AND d.identity = n.uid
JOIN clicktracker_reader r ON r.id = (
    SELECT o.id FROM clicktracker_reader o
    WHERE o.site = {here} AND o.folder = n.folder AND o.member = n.member
      AND (o.retired IS NULL OR o.retired > n.issued)
    ORDER BY o.generation LIMIT 1)
JOIN clicktracker_reading g ON g.document = d.id AND g.reader = r.id
JOIN clicktracker_version v
  ON v.id = g.version AND v.digest = n.digest AND (v.digest <> '' OR v.label = n.label)
GROUP BY n.number, d.id, r.id, n.digest, n.label

-- name: add_goals
-- Nearly all are known, and are left alone.
INSERT INTO clicktracker_goal (document, reader, text, goal, site, since)
SELECT n.document, n.reader, n.text, n.goal, {here}, n.at
FROM ({sent_goals}) n
LEFT JOIN clicktracker_goal k
  ON k.document = n.document AND k.reader = n.reader AND k.text = n.text
 AND k.goal = n.goal
WHERE k.since IS NULL OR n.at < k.since
ON CONFLICT (document, reader, text, goal) DO UPDATE SET since = excluded.since

-- name: reach_goals
-- What was reached before stays as it is, and is not among what is returned.
UPDATE clicktracker_goal SET reached = n.at
FROM ({sent_goals}) n
WHERE clicktracker_goal.document = n.document AND clicktracker_goal.reader = n.reader
  AND clicktracker_goal.text = n.text AND clicktracker_goal.goal = n.goal
  AND clicktracker_goal.reached IS NULL
RETURNING clicktracker_goal.document, clicktracker_goal.reader, clicktracker_goal.text,
          clicktracker_goal.goal

-- name: goal_figures
SELECT p.goal, min(p.since) AS known_since, sum(p.times) AS times,
       sum(CASE WHEN p.times > 0 THEN 1 ELSE 0 END) AS readers,
       sum(CASE WHEN p.since >= :since AND p.since < :until THEN 1 ELSE 0 END) AS served,
       sum(CASE WHEN p.since >= :since AND p.since < :until AND p.reached < :until
                THEN 1 ELSE 0 END) AS of_served
FROM (
    SELECT g.goal AS goal, g.reader AS reader, min(g.since) AS since,
           min(g.reached) AS reached,
           sum(CASE WHEN g.reached >= :since AND g.reached < :until
                    THEN 1 ELSE 0 END) AS times
    FROM clicktracker_goal g
    WHERE g.site = {here}
    GROUP BY g.goal, g.reader
) p
GROUP BY p.goal

-- name: add_exposures
INSERT INTO clicktracker_exposure (site, split, folder, member, variant, since)
SELECT {here}, n.split, n.folder, n.member, n.variant, n.at
FROM ({sent_exposures}) n
WHERE true
ON CONFLICT (site, split, folder, member, variant) DO UPDATE SET since = excluded.since
WHERE excluded.since < clicktracker_exposure.since

-- name: shown
-- Who was shown any version, and which one if it was one alone.
SELECT x.folder AS folder, x.member AS member, min(x.variant) AS variant,
       min(x.since) AS since, count(*) AS variants
FROM clicktracker_exposure x
WHERE x.site = {here} AND x.split = :split AND x.since < :until
GROUP BY x.folder, x.member

-- name: variant_figures
SELECT s.variant, count(*) AS readers,
       sum(CASE WHEN EXISTS (
           SELECT 1 FROM clicktracker_reader r
           JOIN clicktracker_goal g ON g.reader = r.id
           WHERE r.site = {here} AND r.folder = s.folder AND r.member = s.member
             AND g.goal = :goal AND g.reached >= s.since AND g.reached < :until
       ) THEN 1 ELSE 0 END) AS reached
FROM ({shown}) s
WHERE s.variants = 1 AND s.since >= :since
GROUP BY s.variant
ORDER BY s.variant

-- name: count_several
SELECT count(*) AS number FROM ({shown}) s WHERE s.variants > 1 AND s.since >= :since

-- name: forget_exposures
DELETE FROM clicktracker_exposure
WHERE site = {here} AND folder = :folder AND member = :member AND since <= :until

-- name: old_exposures
SELECT count(*) AS number FROM clicktracker_exposure x
WHERE x.site = {here} AND x.since < :before

-- name: drop_exposures
DELETE FROM clicktracker_exposure
WHERE site = {here} AND (split, folder, member, variant) IN (
    SELECT x.split, x.folder, x.member, x.variant FROM clicktracker_exposure x
    WHERE x.site = {here} AND x.since < :before
    ORDER BY x.since
    LIMIT :most)

-- name: reached_goals
SELECT g.goal, d.uid, min(g.reached) AS reached
FROM clicktracker_reader r
JOIN clicktracker_goal g ON g.reader = r.id AND g.reached IS NOT NULL
JOIN clicktracker_document d ON d.id = g.document
WHERE r.site = {here} AND r.folder = :folder AND r.member = :member
  AND r.retired IS NULL
GROUP BY g.goal, d.uid
ORDER BY min(g.reached), g.goal, d.uid

-- name: exposures
SELECT x.split, x.variant, x.since
FROM clicktracker_exposure x
WHERE x.site = {here} AND x.folder = :folder AND x.member = :member
ORDER BY x.since, x.split, x.variant
