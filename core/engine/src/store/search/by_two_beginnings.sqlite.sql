SELECT name.client
FROM (SELECT key FROM search_word WHERE kind = 0 AND key >= ?1 AND key < ?2 ORDER BY key LIMIT ?5) AS begun
CROSS JOIN search_name AS name ON name.word = begun.key AND name.other >= ?3 AND name.other < ?4
LIMIT ?6
