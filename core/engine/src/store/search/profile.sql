SELECT client, kind, first_name, last_name, phone, email, birth_date FROM client WHERE client = ?1
