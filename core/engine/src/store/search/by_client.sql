SELECT client, archived, last_visit, inside, '' FROM gate WHERE client = ?1
