SELECT hold_part.lot, CAST(sum(hold_part.held) AS BIGINT), min(hold.expires)
FROM hold_part JOIN hold ON hold.hold = hold_part.hold
WHERE hold_part.account = ?1 AND hold_part.held > 0 AND hold.expires > ?2 AND hold.hold <> ?3
GROUP BY hold_part.lot ORDER BY hold_part.lot
