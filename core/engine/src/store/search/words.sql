SELECT key, word FROM search_word WHERE kind = ?1 AND key >= ?2 AND key < ?3 ORDER BY key, word LIMIT ?4
