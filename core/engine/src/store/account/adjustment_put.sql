INSERT INTO adjustment (grp, operator, reason) VALUES (?1, ?2, ?3)
