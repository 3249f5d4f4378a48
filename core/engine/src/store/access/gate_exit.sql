UPDATE gate SET last_exit = CASE WHEN last_exit > ?2 THEN last_exit ELSE ?2 END, inside = inside - ?3 WHERE client = ?1
