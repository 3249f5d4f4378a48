SELECT CAST(COALESCE(sum(lot.rest - lot.held), 0) AS BIGINT)
FROM account JOIN lot ON lot.account = account.account
WHERE account.venue = ?1 AND account.pass IS NULL AND account.unit = ?2 AND lot.is_open = 1 AND lot.expires > ?3
