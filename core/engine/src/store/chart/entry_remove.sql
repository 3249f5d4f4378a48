DELETE FROM client_chart WHERE client = ?1 AND field = ?2
