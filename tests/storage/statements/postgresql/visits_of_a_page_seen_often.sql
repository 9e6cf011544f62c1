WITH page AS (
    SELECT v.id FROM clicktracker_visit v
    WHERE v.site = (SELECT id FROM clicktracker_site WHERE uid = :site) AND EXISTS (
    SELECT 1 FROM clicktracker_view w
    WHERE w.visit = v.id AND w.page IN (SELECT p.id FROM clicktracker_page p WHERE p.site = (SELECT id FROM clicktracker_site WHERE uid = :site) AND p.url_key = :url_key) AND NOT w.is_exit
    LIMIT 1 OFFSET 0)
    ORDER BY v.last DESC, v.key
    LIMIT :size OFFSET :start
)
SELECT t.total, v.key, v.session, v.start, v.last, v.pages, v.address, v.referrer, v.source, v.is_over, r.folder, r.member, r.name, r.generation, r.retired, a.agent AS agent_text, a.browser,
    a.system, a.device,
       e.url AS entry_url, e.uid AS entry_uid, e.title AS entry_title,
       x.url AS exit_url, x.uid AS exit_uid, x.title AS exit_title
FROM (SELECT count(*) AS total FROM clicktracker_visit v
      WHERE v.site = (SELECT id FROM clicktracker_site WHERE uid = :site) AND +v.id IN (SELECT w.visit FROM clicktracker_view w
              WHERE w.page IN (SELECT p.id FROM clicktracker_page p WHERE p.site = (SELECT id FROM clicktracker_site WHERE uid = :site) AND p.url_key = :url_key) AND NOT w.is_exit)) t
LEFT JOIN page ON 1 = 1
LEFT JOIN clicktracker_visit v ON v.id = page.id
LEFT JOIN clicktracker_page e ON e.id = v.entry_page
LEFT JOIN clicktracker_page x ON x.id = v.exit_page
LEFT JOIN clicktracker_agent a ON a.id = v.agent
LEFT JOIN clicktracker_reader r ON r.id = v.reader
ORDER BY v.last DESC, v.key
