WITH page AS (
    SELECT v.site, v.key FROM clicktracker_view v
    WHERE NOT v.is_exit AND +v.site = (SELECT id FROM clicktracker_site WHERE uid = :site) AND (v.reader IN (
    SELECT r.id FROM (SELECT json_extract(value, '$[0]') AS folder, json_extract(value, '$[1]') AS member, json_extract(value, '$[2]') AS name, json_extract(value, '$[3]') AS name_key, json_extract(value, '$[4]') AS id_key FROM json_each(:expected)) e
    CROSS JOIN clicktracker_reader r
    WHERE r.site = (SELECT id FROM clicktracker_site WHERE uid = :site) AND r.folder = e.folder AND r.member = e.member))
    ORDER BY v.at DESC, v.key
    LIMIT :size OFFSET :start
)
SELECT v.key, v.session, v.at, v.seen, v.engaged, v.address, v.referrer, v.query, v.method, v.status, v.source, v.is_exit, v.gap, v.ahead, v.alone, v.whole, v.page, v.agent, v.reader, v.visit, v.latest, r.folder, r.member, r.name, r.generation, r.retired, a.agent AS agent_text, a.browser,
    a.system, a.device, p.url, p.uid, p.title, t.total
FROM (SELECT count(*) AS total FROM clicktracker_view v
      WHERE NOT v.is_exit AND +v.site = (SELECT id FROM clicktracker_site WHERE uid = :site) AND (v.reader IN (
    SELECT r.id FROM (SELECT json_extract(value, '$[0]') AS folder, json_extract(value, '$[1]') AS member, json_extract(value, '$[2]') AS name, json_extract(value, '$[3]') AS name_key, json_extract(value, '$[4]') AS id_key FROM json_each(:expected)) e
    CROSS JOIN clicktracker_reader r
    WHERE r.site = (SELECT id FROM clicktracker_site WHERE uid = :site) AND r.folder = e.folder AND r.member = e.member))) t
LEFT JOIN page ON 1 = 1
LEFT JOIN clicktracker_view v ON v.site = page.site AND v.key = page.key
LEFT JOIN clicktracker_page p ON p.id = v.page
LEFT JOIN clicktracker_agent a ON a.id = v.agent
LEFT JOIN clicktracker_reader r ON r.id = v.reader
ORDER BY v.at DESC, v.key
