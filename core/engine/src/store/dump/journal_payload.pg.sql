SELECT position, salt, payload FROM journal_payload JOIN journal ON journal.entry = journal_payload.entry
WHERE position IS NOT NULL ORDER BY position
