SELECT visit FROM visit
WHERE client = ?1 AND entered >= ?3 AND entered < ?4 AND venue = ?2 AND (exited IS NULL OR exited > ?5)
ORDER BY entered, visit LIMIT 1
