SELECT bytes FROM client_photo WHERE client = ?1
