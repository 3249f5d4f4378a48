SELECT client FROM client WHERE phone = ?1 ORDER BY client LIMIT ?2
