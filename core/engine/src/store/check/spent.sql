SELECT client, paid, kept FROM (
    SELECT client, CAST(sum(expected) AS BIGINT) AS paid, CAST(sum(found) AS BIGINT) AS kept FROM (
        SELECT client, unit AS currency,
            CASE WHEN reason IN ('refund', 'tax_refund', 'credit') THEN -amount ELSE amount END AS expected, 0 AS found
        FROM transfer
        WHERE client IS NOT NULL
            AND (reason IN ('sale', 'refund', 'tax_refund', 'top_up', 'fee', 'credit') OR reason = 'tax' AND pass IS NOT NULL)
        UNION ALL
        SELECT transfer.client, transfer.unit, -back.amount, 0
        FROM transfer AS back JOIN transfer ON transfer.transfer = back.reverses
        WHERE transfer.client IS NOT NULL
            AND (transfer.reason IN ('sale', 'top_up', 'fee') OR transfer.reason = 'tax' AND transfer.pass IS NOT NULL)
        UNION ALL
        SELECT client, currency, 0, spent FROM client_spent
    ) AS both_sides GROUP BY client, currency) AS compared
WHERE paid <> kept
