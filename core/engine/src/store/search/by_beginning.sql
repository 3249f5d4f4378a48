SELECT found.client, gate.archived, gate.last_visit, gate.inside, CASE WHEN found.word = ?1 THEN 1 ELSE 0 END
FROM (SELECT client, word FROM search_name WHERE word >= ?1 AND word < ?2 ORDER BY word, other, client LIMIT ?3) AS found
CROSS JOIN gate WHERE gate.client = found.client
