INSERT INTO client_edit (client, version, fields) VALUES (?1, ?2, ?3)
