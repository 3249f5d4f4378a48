INSERT INTO hold_part (hold, lot, account, pass, amount) VALUES (?1, ?2, ?3, ?4, ?5)
