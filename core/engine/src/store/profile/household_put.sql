INSERT INTO household (household, version, name) VALUES (?1, ?2, ?3)
ON CONFLICT (household) DO UPDATE SET version = excluded.version, name = excluded.name
