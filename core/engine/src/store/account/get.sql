SELECT account, client, venue, pass, unit, debt_limit, debt FROM account WHERE account = ?1
