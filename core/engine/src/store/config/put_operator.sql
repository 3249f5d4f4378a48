INSERT INTO operator (operator, version, name, rights) VALUES (?1, ?2, ?3, ?4)
ON CONFLICT (operator) DO UPDATE SET version = excluded.version, name = excluded.name, rights = excluded.rights
