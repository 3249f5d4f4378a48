DELETE FROM client_photo WHERE client = ?1
