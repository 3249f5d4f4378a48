WITH written AS (
    INSERT INTO journal (op, at, venue, operator, rules_version, clock, digest) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
    RETURNING entry
), kept AS (
    INSERT INTO journal_payload (entry, salt, payload) SELECT entry, ?8, ?9 FROM written
)
INSERT INTO idempotency (venue, kind, key, content, entry) SELECT ?10, ?11, ?12, ?13, entry FROM written
