DELETE FROM client_word WHERE client = ?1
