SELECT lot.lot, lot.account, lot.amount, lot.rest, lot.held, lot.held_until, lot.granted, lot.effective, lot.expires, lot.priority, lot.origin,
    lot.value, lot.recognised, lot.released, account.client, account.pass, account.unit, pass.plan
FROM lot JOIN account ON account.account = lot.account LEFT JOIN pass ON pass.pass = account.pass
WHERE lot.is_open = 1 AND lot.expires <= ?2 AND (lot.held = 0 OR lot.held_until <= ?2) AND lot.rest > 0
    AND account.venue = ?1
ORDER BY lot.lot
