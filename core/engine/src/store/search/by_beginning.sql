SELECT client, word FROM search_name WHERE word >= ?1 AND word < ?2 ORDER BY word, other, client LIMIT ?3
