SELECT client, archived, last_visit, inside, 1 FROM gate WHERE client = ?1
