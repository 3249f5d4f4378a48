SELECT found.client, gate.archived, gate.last_visit, gate.inside, found.text
FROM (SELECT client, word AS text FROM search_name WHERE word >= ?1 AND word < ?2 ORDER BY word, other, client LIMIT ?3) AS found
CROSS JOIN gate WHERE gate.client = found.client
