SELECT client, media_type, size, sha256, reference, at, operator FROM client_photo WHERE client = ?1
