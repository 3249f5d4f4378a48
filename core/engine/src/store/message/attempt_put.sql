INSERT INTO token_attempt (attempt, at, venue, client, reason) VALUES (?1, ?2, ?3, ?4, ?5)
