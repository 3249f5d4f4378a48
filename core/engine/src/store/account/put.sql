INSERT INTO account (account, client, venue, pass, unit) VALUES (?1, ?2, ?3, ?4, ?5)
