SELECT name.client, gate.archived, gate.last_visit, gate.inside, 0
FROM (SELECT word FROM search_word WHERE kind = 2 AND key >= ?1 AND key < ?2 ORDER BY key, word LIMIT ?3) AS begun
CROSS JOIN search_name AS name CROSS JOIN gate
WHERE name.word = begun.word AND gate.client = name.client LIMIT ?4
