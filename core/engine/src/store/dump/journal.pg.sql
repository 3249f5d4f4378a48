SELECT position, op, at, venue, operator, rules_version, digest, hash FROM journal WHERE position IS NOT NULL ORDER BY position
