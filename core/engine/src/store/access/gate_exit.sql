UPDATE gate SET last_exit = CASE WHEN last_exit IS NULL OR last_exit < ?2 THEN ?2 ELSE last_exit END WHERE client = ?1
