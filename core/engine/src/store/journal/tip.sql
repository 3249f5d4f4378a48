SELECT position, hash FROM journal WHERE position IS NOT NULL ORDER BY position DESC LIMIT 1
