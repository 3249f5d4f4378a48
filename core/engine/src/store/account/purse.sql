SELECT gate.archived, account.account, account.client, account.venue, account.pass, account.unit, account.debt_limit, account.debt,
    lot.lot, lot.account, lot.amount, lot.rest, lot.held, lot.held_until, lot.granted, lot.effective, lot.expires, lot.priority, lot.origin,
    lot.value, lot.recognised, lot.released
FROM gate
LEFT JOIN account ON account.client = gate.client AND account.unit = ?2 AND account.pass IS NULL
LEFT JOIN lot ON lot.account = account.account AND lot.is_open = 1 AND lot.expires > ?3 AND lot.effective <= ?3 
    AND (lot.rest > lot.held OR lot.held_until <= ?3)
WHERE gate.client = ?1
ORDER BY lot.priority, lot.expires, lot.origin_rank, lot.granted, lot.lot LIMIT ?4
