INSERT INTO journal_payload (position, salt, payload) VALUES (?1, ?2, ?3)
