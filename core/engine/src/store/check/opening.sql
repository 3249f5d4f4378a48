-- Of a pass the value that was taken over, of a balance the balance: what the transfers of its group say.
SELECT grp, expected, found FROM (
    SELECT opening.grp, opening.owed AS found,
        CAST(COALESCE((SELECT sum(CASE WHEN debit_counter = 'opening_balance' THEN amount ELSE -amount END) FROM transfer
            WHERE transfer.grp = opening.grp AND transfer.reason = 'opening'
                AND (debit_counter = 'opening_balance' OR credit_counter = 'opening_balance')), 0) AS BIGINT) AS expected
    FROM opening
    UNION ALL
    SELECT grp, CAST(sum(amount) AS BIGINT), 0 FROM transfer
    WHERE reason = 'opening' AND NOT EXISTS (SELECT 1 FROM opening WHERE opening.grp = transfer.grp)
    GROUP BY grp) AS compared
WHERE expected <> found
