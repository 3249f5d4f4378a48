SELECT DISTINCT client FROM client_word WHERE word >= ?1 AND word < ?2 ORDER BY client LIMIT ?3
