-- How far readers got: what lists of readings and coverage are made of.

-- name: evidence
-- How far they got. Versions that showed the same, by digest or without one by label,
-- are one text. It is as long as the longest of them, whoever read that one; mostly
-- none are disputed. Times of readings without accesses are infinite, so time is
-- reckoned with only where there was any.
disputed AS MATERIALIZED (
    SELECT v.document AS document, v.digest AS digest, max(v.words) AS words
    FROM clicktracker_document d
    JOIN clicktracker_version v ON v.document = d.id
    WHERE d.site = {here} AND d.identity IN ({listed}) AND v.digest <> ''
    GROUP BY v.document, v.digest
    HAVING min(v.words) < max(v.words)
), texts AS (
    SELECT g.document AS document, g.reader AS reader, {learnt}
           CASE WHEN sum(g.engaged) > 0
                THEN {least}(CAST(sum(g.engaged) AS bigint), {greatest}({elapsed}, 0))
                ELSE 0 END AS engaged,
           max(g.count) AS opened, max(g.depth) AS depth,
           {all_marks} AS marks,
           {of_text} max(coalesce(l.words, v.words)) AS words
    FROM {whose}
    JOIN clicktracker_version v ON v.id = g.version
    LEFT JOIN disputed l ON l.document = v.document AND l.digest = v.digest {texts}
    WHERE {regarded} {newest}
    GROUP BY g.document, g.reader, v.digest,
             CASE v.digest WHEN '' THEN v.label ELSE '' END
), evidence AS (
    SELECT p.document AS document, p.reader AS reader, {known}
           sum(p.engaged) AS engaged, max(p.depth) AS depth,
           {all_marks} AS marks, {of_texts}
           max({level}) AS level
    FROM texts p
    GROUP BY p.document, p.reader
)

-- name: needed
{greatest}(:least, p.words * CAST(60000 AS bigint) / :pace)
