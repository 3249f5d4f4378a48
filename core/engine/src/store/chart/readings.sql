SELECT at, operator, venue FROM chart_reading WHERE client = ?1 AND at < ?2
ORDER BY at DESC, operator, venue LIMIT ?3
