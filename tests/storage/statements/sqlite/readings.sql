SELECT x.number, g.version, g.count,
       CASE WHEN (g.count > 0 OR g.downloaded_last IS NOT NULL) THEN min(g.first, coalesce(g.downloaded_first, g.first)) END
           AS first,
       CASE WHEN (g.count > 0 OR g.downloaded_last IS NOT NULL) THEN max(g.last, coalesce(g.downloaded_last, g.last)) END
           AS last,
       g.downloaded_last, g.engaged,
       CASE WHEN g.count > 0 THEN g.oldest END AS begun,
       CASE WHEN g.count > 0 THEN g.last END AS ended,
       g.depth, g.cached, g.marks, g.acknowledged, g.attested
FROM (SELECT json_extract(value, '$[0]') AS number, json_extract(value, '$[1]') AS document, json_extract(value, '$[2]') AS reader FROM json_each(:readings)) x CROSS JOIN clicktracker_reading g ON g.document = x.document + 0 AND g.reader = x.reader + 0 AND (g.count > 0 OR g.downloaded_last IS NOT NULL OR g.acknowledged IS NOT NULL OR g.attested IS NOT NULL)
