SELECT found.client, gate.archived, gate.last_visit, gate.inside, found.text
FROM (SELECT client, uid AS text FROM card WHERE uid >= ?1 AND uid < ?2 ORDER BY uid LIMIT ?3) AS found
CROSS JOIN gate WHERE gate.client = found.client
