SELECT x.number, g.version, g.count,
       CASE WHEN (g.oldest < timestamptz 'infinity' OR g.downloaded_first IS NOT NULL) THEN least(g.first, coalesce(g.downloaded_first, g.first)) END
           AS first,
       CASE WHEN (g.oldest < timestamptz 'infinity' OR g.downloaded_first IS NOT NULL) THEN greatest(g.last, coalesce(g.downloaded_last, g.last)) END
           AS last,
       g.downloaded_last, g.engaged,
       CASE WHEN g.count > 0 THEN CAST(round(date_part('epoch', nullif(nullif(g.oldest, '-infinity'), 'infinity')) * 1000000) AS bigint) END AS begun,
       CASE WHEN g.count > 0 THEN CAST(round(date_part('epoch', nullif(nullif(g.last, '-infinity'), 'infinity')) * 1000000) AS bigint) END AS ended,
       g.depth, g.cached, g.marks, g.acknowledged, g.attested
FROM (SELECT CAST(value ->> 0 AS bigint) AS number, CAST(value ->> 1 AS bigint) AS document, CAST(value ->> 2 AS bigint) AS reader FROM jsonb_array_elements(CAST(:readings AS jsonb))) x CROSS JOIN LATERAL (SELECT g.* FROM clicktracker_reading g WHERE g.document = x.document + 0 AND g.reader = x.reader + 0 AND (g.oldest < timestamptz 'infinity' OR g.downloaded_first IS NOT NULL OR g.acknowledged IS NOT NULL OR g.attested IS NOT NULL) OFFSET 0) g
