INSERT INTO presence (zone, client, visit, entered) VALUES (?1, ?2, ?3, ?4)
