SELECT lot.lot, lot.account, lot.amount, lot.rest, lot.held, lot.granted, lot.effective, lot.expires, lot.priority, lot.origin,
    lot.value, lot.recognised, lot.released
FROM lot WHERE lot.account = ?1 AND lot.is_open = 1 AND lot.expires > ?2 AND lot.effective <= ?2 AND lot.rest > lot.held
ORDER BY lot.priority, lot.expires, lot.origin_rank, lot.granted, lot.lot LIMIT ?3
