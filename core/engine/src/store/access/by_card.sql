SELECT (SELECT store.config_version FROM store WHERE store.id = 1), card.card, card.state,
    gate.client, gate.archived, gate.sex, gate.last_exit, presence.visit,
    CASE WHEN gate.passes_since <= ?3 THEN gate.passes ELSE pass_door.facts END,
    lot.lot, lot.account, lot.amount, lot.rest, lot.held, lot.granted, lot.effective, lot.expires, lot.priority, lot.origin,
    lot.value, lot.recognised, lot.released
FROM card
JOIN gate ON gate.client = card.client
LEFT JOIN presence ON presence.zone = ?2 AND presence.client = CASE WHEN gate.inside > 0 THEN gate.client END
LEFT JOIN pass_door ON pass_door.client = CASE WHEN gate.passes_since <= ?3 THEN NULL ELSE gate.client END
    AND pass_door.live_until > ?3
LEFT JOIN lot ON lot.is_open = 1
    AND lot.account = CASE WHEN gate.passes_since <= ?3 THEN gate.account ELSE pass_door.account END
WHERE card.uid = ?1
