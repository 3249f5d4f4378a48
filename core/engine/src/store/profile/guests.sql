SELECT client FROM client WHERE company = ?1 AND client > ?2 ORDER BY client LIMIT ?3
