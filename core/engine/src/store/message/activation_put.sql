INSERT INTO activation (message, client, digest, expires, used) VALUES (?1, ?2, ?3, ?4, NULL)
