SELECT position, hash FROM journal ORDER BY position DESC LIMIT 1
