INSERT INTO idempotency (venue, kind, key, content, position) VALUES (?1, ?2, ?3, ?4, ?5)
