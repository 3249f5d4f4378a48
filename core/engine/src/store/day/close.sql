UPDATE day SET closed = ?3 WHERE venue = ?1 AND date = ?2
