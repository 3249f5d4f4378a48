-- Of a use of several, as many are back as all that went back of it pays for.
SELECT pass_use, expected, found FROM (
    SELECT pass_use.pass_use, pass_use.back AS found, pass_use.quantity * COALESCE((SELECT CAST(sum(gone.amount) AS BIGINT)
            FROM transfer JOIN transfer AS gone ON gone.reverses = transfer.transfer
            WHERE transfer.grp = pass_use.grp AND transfer.pass = pass_use.pass AND transfer.reason = 'use'), 0)
        / pass_use.amount AS expected
    FROM pass_use WHERE pass_use.amount > 0) AS compared
WHERE expected <> found
