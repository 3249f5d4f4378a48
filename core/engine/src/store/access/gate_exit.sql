UPDATE gate SET last_exit = ?2 WHERE client = ?1
