SELECT count(*) FROM attempt WHERE venue = ?1 AND at >= ?2 AND at < ?3
