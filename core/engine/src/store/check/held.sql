SELECT lot, expected, found FROM (
    SELECT lot.lot, CAST(COALESCE((SELECT sum(hold_part.held) FROM hold_part
            WHERE hold_part.account = lot.account AND hold_part.lot = lot.lot AND hold_part.held > 0), 0) AS BIGINT) AS expected,
        lot.held AS found
    FROM lot) AS compared
WHERE expected <> found
