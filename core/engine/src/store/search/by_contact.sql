SELECT found.client, gate.archived, gate.last_visit, gate.inside, CASE WHEN found.key = ?2 THEN 1 ELSE 0 END
FROM (SELECT client, key FROM search_contact WHERE kind = ?1 AND key >= ?2 AND key < ?3 ORDER BY key, client LIMIT ?4) AS found
CROSS JOIN gate WHERE gate.client = found.client
