SELECT first_name, last_name FROM client WHERE client = ?1
