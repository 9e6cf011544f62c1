SELECT p.document, p.reader, p.text, p.newest, p.served, p.downloaded,
       CASE WHEN NOT (p.opened > 0) THEN -1
                    WHEN NOT (p.engaged >= greatest(:least, p.words * CAST(60000 AS bigint) / :pace)) THEN 0
                    WHEN NOT ((p.marks & 1) <> 0) THEN 1
                    ELSE 2 END AS level, CASE WHEN r.member = '' THEN p.opened END AS visits,
       p.first, p.last, p.opened AS count, p.engaged, p.acknowledged, p.attested
FROM (
    SELECT g.document AS document, g.reader AS reader, CASE v.digest WHEN '' THEN v.label ELSE v.digest END AS text,
           CAST(round(date_part('epoch', nullif(nullif(max(greatest(g.newest, g.served_last, g.downloaded_last, g.acknowledged, g.attested)), '-infinity'), 'infinity')) * 1000000) AS bigint) AS newest, CAST(round(date_part('epoch', nullif(nullif(min(least(g.first, g.downloaded_first)), '-infinity'), 'infinity')) * 1000000) AS bigint) AS first, CAST(round(date_part('epoch', nullif(nullif(max(greatest(g.last, g.downloaded_last)), '-infinity'), 'infinity')) * 1000000) AS bigint) AS last,
           CAST(round(date_part('epoch', nullif(nullif(max(g.acknowledged), '-infinity'), 'infinity')) * 1000000) AS bigint) AS acknowledged, CAST(round(date_part('epoch', nullif(nullif(max(g.attested), '-infinity'), 'infinity')) * 1000000) AS bigint) AS attested,
           max(CASE WHEN g.count > 0 OR g.served_last IS NOT NULL THEN 1 ELSE 0 END)
               AS served,
           max(CASE WHEN g.downloaded_last IS NOT NULL THEN 1 ELSE 0 END) AS downloaded,
           CASE WHEN sum(g.engaged) > 0
                THEN least(CAST(sum(g.engaged) AS bigint), greatest(CAST(date_part('epoch', max(g.last) - min(g.oldest)) * 1000000 AS bigint) / 1000, 0))
                ELSE 0 END AS engaged,
           CAST(sum(g.count) AS bigint) AS opened, bit_or(marks) AS marks,
           max(CASE v.digest WHEN '' THEN v.words ELSE (
               SELECT max(w.words) FROM clicktracker_version w
               WHERE w.document = v.document AND w.digest = v.digest) END) AS words
    FROM (SELECT CAST(value ->> 0 AS bigint) AS id FROM jsonb_array_elements(CAST(:numbers AS jsonb))) c
    JOIN clicktracker_reading g ON g.document = c.id
    JOIN clicktracker_document d ON d.id = g.document AND d.uid <> ''
    JOIN clicktracker_version v ON v.id = g.version
    GROUP BY g.document, g.reader, CASE v.digest WHEN '' THEN v.label ELSE v.digest END
) p
JOIN clicktracker_reader r ON r.id = p.reader AND r.site = (SELECT id FROM clicktracker_site WHERE uid = :site)
