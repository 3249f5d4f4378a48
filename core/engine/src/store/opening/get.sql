SELECT content, venue, client, pass, account, lot, grp, unit, rest, currency, owed, price FROM opening
WHERE kind = ?1 AND system = ?2 AND value = ?3
