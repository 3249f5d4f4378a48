SELECT account, client, venue, pass, unit FROM account WHERE client = ?1 AND pass IS NULL ORDER BY unit
