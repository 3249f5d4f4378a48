UPDATE gate SET visits = visits + 1, last_visit = ?2 WHERE client = ?1
