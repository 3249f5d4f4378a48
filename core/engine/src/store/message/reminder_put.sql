INSERT INTO reminder (pass, ends, message) VALUES (?1, ?2, ?3)
