SELECT client FROM gate WHERE client = ?1 FOR UPDATE
