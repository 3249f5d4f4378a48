SELECT 1 FROM visit WHERE client = ?1 AND entered >= ?3 AND pass = ?2
UNION ALL SELECT 1 FROM pass_use WHERE pass = ?2 AND reversed IS NULL LIMIT 1
