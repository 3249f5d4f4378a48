SELECT idempotency.content, journal.position, journal_payload.payload
FROM idempotency
LEFT JOIN journal ON journal.entry = idempotency.entry
LEFT JOIN journal_payload ON journal_payload.entry = idempotency.entry
WHERE idempotency.venue = ?1 AND idempotency.kind = ?2 AND idempotency.key = ?3
