INSERT INTO idempotency (venue, kind, key, content, entry) VALUES (?1, ?2, ?3, ?4, currval('journal_entry'))
