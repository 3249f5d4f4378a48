INSERT INTO account (account, client, venue, pass, unit, debt_limit, debt) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
ON CONFLICT (account) DO UPDATE SET debt_limit = excluded.debt_limit, debt = excluded.debt
