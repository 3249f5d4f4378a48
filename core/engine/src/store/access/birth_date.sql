SELECT birth_date FROM client WHERE client = ?1
