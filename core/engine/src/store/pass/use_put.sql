INSERT INTO pass_use (pass_use, pass, client, venue, service, at, made, visit, booking, grp, amount, quantity, back, reversed)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)
ON CONFLICT (pass_use) DO UPDATE SET visit = excluded.visit, back = excluded.back, reversed = excluded.reversed
