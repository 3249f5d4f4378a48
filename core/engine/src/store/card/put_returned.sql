INSERT INTO card_returned (card, client, issued, returned) VALUES (?1, ?2, ?3, ?4)
