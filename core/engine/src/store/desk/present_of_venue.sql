SELECT count(DISTINCT client) FROM visit WHERE venue = ?1 AND entered < ?3 AND (exited IS NULL OR exited > ?2)
