WITH alone AS (
    SELECT v.reader, v.page,
           row_number() OVER (PARTITION BY v.reader ORDER BY v.at DESC, v.key DESC) AS place
    FROM clicktracker_view v
    WHERE v.site = (SELECT id FROM clicktracker_site WHERE uid = :site) AND v.alone >= :since
), there AS (
    SELECT v.reader, v.session, v.exit_page AS page
    FROM clicktracker_visit v
    WHERE v.site = (SELECT id FROM clicktracker_site WHERE uid = :site) AND v.last >= :since AND NOT v.is_over
    UNION ALL
    SELECT reader, NULL, page FROM alone WHERE reader IS NULL OR place = 1
), asked AS (SELECT p.id FROM clicktracker_page p
WHERE p.site = (SELECT id FROM clicktracker_site WHERE uid = :site) AND p.uid = :uid AND p.uid <> '')
SELECT count(DISTINCT t.reader) AS members,
       count(DISTINCT CASE WHEN t.reader IS NULL THEN t.session END) AS guests,
       count(*) - count(t.reader) - count(CASE WHEN t.reader IS NULL THEN t.session END)
           AS others,
       count(DISTINCT CASE WHEN p.id IS NOT NULL THEN t.reader END) AS members_here,
       count(DISTINCT CASE WHEN p.id IS NOT NULL AND t.reader IS NULL
                           THEN t.session END) AS guests_here,
       count(CASE WHEN p.id IS NOT NULL AND t.reader IS NULL AND t.session IS NULL
                  THEN 1 END) AS others_here
FROM there t
LEFT JOIN asked p ON p.id = t.page
