SELECT account, client, venue, pass, unit, debt_limit, debt FROM account WHERE client = ?1 AND pass IS NULL ORDER BY unit
