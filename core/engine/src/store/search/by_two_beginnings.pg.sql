SELECT name.client
FROM (SELECT key FROM search_word WHERE kind = 0 AND key >= ?1 AND key < ?2 ORDER BY key LIMIT ?5) AS begun
CROSS JOIN LATERAL (SELECT word, other, client FROM search_name
    WHERE word = begun.key AND other >= ?3 AND other < ?4 ORDER BY other, client LIMIT ?6) AS name
ORDER BY name.word, name.other, name.client LIMIT ?6
