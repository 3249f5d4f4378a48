INSERT INTO external_id (kind, system, value, entity) VALUES (?1, ?2, ?3, ?4)
