-- A use is marked when all that it took went back. What took nothing is marked by hand.
SELECT pass_use, expected, found FROM (
    SELECT pass_use.pass_use, CASE WHEN pass_use.reversed IS NULL THEN 0 ELSE 1 END AS found,
        CASE WHEN COALESCE((SELECT sum(transfer.amount) FROM transfer
                WHERE transfer.grp = pass_use.grp AND transfer.pass = pass_use.pass AND transfer.reason = 'use'), 0)
            = COALESCE((SELECT sum(back.amount) FROM transfer JOIN transfer AS back ON back.reverses = transfer.transfer
                WHERE transfer.grp = pass_use.grp AND transfer.pass = pass_use.pass AND transfer.reason = 'use'), 0)
            THEN 1 ELSE 0 END AS expected
    FROM pass_use WHERE pass_use.amount > 0) AS compared
WHERE expected <> found
