SELECT client, archived, last_visit, '' FROM gate WHERE client = ?1
