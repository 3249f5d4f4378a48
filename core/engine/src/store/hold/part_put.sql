INSERT INTO hold_part (hold, lot, account, pass, amount, held) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
ON CONFLICT (hold, lot) DO UPDATE SET held = excluded.held
