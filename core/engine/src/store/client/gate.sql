SELECT visits, last_visit FROM gate WHERE client = ?1
