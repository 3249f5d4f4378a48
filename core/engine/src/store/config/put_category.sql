INSERT INTO category (category, version, name) VALUES (?1, ?2, ?3)
ON CONFLICT (category) DO UPDATE SET version = excluded.version, name = excluded.name
