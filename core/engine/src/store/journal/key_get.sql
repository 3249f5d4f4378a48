SELECT idempotency.content, idempotency.position, journal_payload.payload
FROM idempotency LEFT JOIN journal_payload ON journal_payload.position = idempotency.position
WHERE idempotency.venue = ?1 AND idempotency.kind = ?2 AND idempotency.key = ?3
