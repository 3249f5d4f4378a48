SELECT account, client, venue, pass, unit FROM account WHERE client = ?1 AND unit = ?2 AND pass IS NULL
