INSERT INTO operator (operator, version, name) VALUES (?1, ?2, ?3)
ON CONFLICT (operator) DO UPDATE SET version = excluded.version, name = excluded.name
