SELECT client FROM client WHERE email_key = ?1 ORDER BY client LIMIT ?2
