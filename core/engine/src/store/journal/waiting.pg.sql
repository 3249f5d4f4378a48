SELECT count(*) FROM journal WHERE position IS NULL
