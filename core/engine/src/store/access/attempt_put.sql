INSERT INTO attempt (attempt, at, venue, client, card, reason, operator) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
