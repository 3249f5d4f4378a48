SELECT found.client, gate.archived, gate.last_visit, gate.inside, 0
FROM (SELECT name.client
    FROM (SELECT key, word FROM search_word WHERE kind = 2 AND key >= ?1 AND key < ?2 ORDER BY key, word LIMIT ?3) AS begun
    CROSS JOIN LATERAL (SELECT word, other, client FROM search_name WHERE word = begun.word ORDER BY other, client LIMIT ?4) AS name
    ORDER BY begun.key, begun.word, name.other, name.client LIMIT ?4) AS found
CROSS JOIN gate WHERE gate.client = found.client
