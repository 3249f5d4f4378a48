INSERT INTO client_contact (kind, key, client) VALUES (?1, ?2, ?3) ON CONFLICT (kind, key, client) DO NOTHING
