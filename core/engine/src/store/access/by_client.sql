SELECT (SELECT config_version FROM store WHERE id = 1), NULL, NULL, gate.client, archived, sex, last_exit, visit, presence.entered,
    CASE WHEN passes_since <= ?3 THEN passes ELSE facts END,
    lot, lot.account, amount, rest, held, held_until, granted, effective, expires, priority, origin, value, recognised, released
FROM gate
LEFT JOIN presence ON zone = ?2 AND presence.client = CASE WHEN inside > 0 THEN gate.client END
LEFT JOIN pass_door AS door ON door.client = CASE WHEN passes_since <= ?3 THEN NULL ELSE gate.client END AND live_until > ?3
LEFT JOIN lot ON is_open = 1 AND lot.account = CASE WHEN passes_since <= ?3 THEN gate.account ELSE door.account END
WHERE gate.client = ?1
