SELECT found.client, gate.archived, gate.last_visit, gate.inside, found.text
FROM (SELECT client, key AS text FROM search_contact WHERE kind = ?1 AND key >= ?2 AND key < ?3 ORDER BY key, client LIMIT ?4) AS found
CROSS JOIN gate WHERE gate.client = found.client
