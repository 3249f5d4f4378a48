INSERT INTO journal (position, op, at, venue, operator, rules_version, digest, hash) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
