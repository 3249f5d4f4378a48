INSERT INTO opening (kind, system, value, content, venue, client, pass, account, lot, grp, unit, rest, currency, owed, price)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)
