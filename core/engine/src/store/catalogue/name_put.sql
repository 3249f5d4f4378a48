INSERT INTO client_name (client, name_key) VALUES (?1, ?2)
ON CONFLICT (client) DO UPDATE SET name_key = excluded.name_key
