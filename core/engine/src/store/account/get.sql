SELECT account, client, venue, pass, unit FROM account WHERE account = ?1
