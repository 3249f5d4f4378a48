SELECT CAST(COALESCE(sum(lot.rest - CASE WHEN lot.held_until <= ?3
    THEN COALESCE((SELECT sum(hold_part.held) FROM hold_part JOIN hold ON hold.hold = hold_part.hold
        WHERE hold_part.account = lot.account AND hold_part.lot = lot.lot AND hold_part.held > 0 AND hold.expires > ?3), 0)
    ELSE lot.held END), 0) AS BIGINT)
FROM account JOIN lot ON lot.account = account.account
WHERE account.venue = ?1 AND account.pass IS NULL AND account.unit = ?2 AND lot.is_open = 1 AND lot.expires > ?3
