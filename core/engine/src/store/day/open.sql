INSERT INTO day (venue, date, opened) VALUES (?1, ?2, ?3)
