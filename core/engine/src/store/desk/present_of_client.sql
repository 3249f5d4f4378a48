SELECT count(DISTINCT client) FROM visit WHERE client = ?1 AND entered < ?3 AND (exited IS NULL OR exited > ?2)
