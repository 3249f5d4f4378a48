SELECT (SELECT store.config_version FROM store WHERE store.id = 1),
    NULL, NULL, gate.client, gate.archived, gate.sex, gate.last_exit, presence.visit,
    pass.pass, pass.version, pass.client, pass.plan, pass.venue, pass.kind, pass.name, pass.priority, pass.sold, pass.starts, pass.latest_start,
    pass.ends, pass.validity, pass.status, pass.closed, pass.currency, pass.price, pass.value, pass.tax, pass.account, pass.services,
    pass.categories, pass.venues,
    lot.lot, lot.account, lot.amount, lot.rest, lot.held, lot.granted, lot.effective, lot.expires, lot.priority, lot.origin,
    lot.value, lot.recognised, lot.released
FROM gate
LEFT JOIN presence ON presence.zone = ?2 AND presence.client = gate.client
LEFT JOIN pass ON pass.client = gate.client AND pass.live_until > ?3
LEFT JOIN lot ON lot.account = pass.account AND lot.is_open = 1
WHERE gate.client = ?1
