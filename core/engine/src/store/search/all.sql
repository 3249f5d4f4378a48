SELECT client, first_name, last_name, phone, email_key FROM client WHERE client > ?1 ORDER BY client LIMIT ?2
