SELECT lot, expected, found FROM (
    SELECT lot.lot, COALESCE((SELECT min(hold.expires) FROM hold_part JOIN hold ON hold.hold = hold_part.hold
            WHERE hold_part.account = lot.account AND hold_part.lot = lot.lot AND hold_part.held > 0), 0) AS expected,
        COALESCE(lot.held_until, 0) AS found
    FROM lot) AS compared
WHERE expected <> found
