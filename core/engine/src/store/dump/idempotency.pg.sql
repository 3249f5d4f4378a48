SELECT idempotency.venue, kind, key, content, position FROM idempotency JOIN journal ON journal.entry = idempotency.entry
ORDER BY idempotency.venue, kind, key
