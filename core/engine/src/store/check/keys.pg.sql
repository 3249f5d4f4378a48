SELECT idempotency.entry, 1, 0 FROM idempotency
WHERE NOT EXISTS (SELECT 1 FROM journal WHERE journal.entry = idempotency.entry)
