SELECT CAST(COALESCE(sum(lot.rest - lot.held), 0) AS BIGINT)
FROM lot WHERE lot.account = ?1 AND lot.is_open = 1 AND lot.expires > ?2 AND lot.effective <= ?2
