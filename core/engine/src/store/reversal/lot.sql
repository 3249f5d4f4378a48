SELECT lot.lot, lot.account, lot.amount, lot.rest, lot.held, lot.held_until, lot.granted, lot.effective, lot.expires, lot.priority, lot.origin,
    lot.value, lot.recognised, lot.released
FROM lot WHERE lot.lot = ?1
