INSERT INTO client_tag (tag, client) VALUES (?1, ?2)
