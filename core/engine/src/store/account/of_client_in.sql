SELECT account, client, venue, pass, unit, debt_limit, debt FROM account WHERE client = ?1 AND unit = ?2 AND pass IS NULL
