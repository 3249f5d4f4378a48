-- What the counted uses of a pass took in one group is what was taken from it there. Some uses are not counted.
SELECT pass_use, expected, found FROM (
    SELECT min(pass_use) AS pass_use, CAST(sum(taken) AS BIGINT) AS expected, CAST(sum(counted) AS BIGINT) AS found FROM (
        SELECT pass_use, grp, pass, 0 AS taken, amount AS counted FROM pass_use
        UNION ALL
        SELECT NULL, grp, pass, amount, 0 FROM transfer
        WHERE reason = 'use' AND EXISTS (SELECT 1 FROM pass_use WHERE pass_use.grp = transfer.grp AND pass_use.pass = transfer.pass)
    ) AS both_sides GROUP BY grp, pass) AS compared
WHERE expected <> found
