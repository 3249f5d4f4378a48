SELECT counter, reason, CAST(sum(moved) AS BIGINT) FROM (
    SELECT CASE WHEN reason IN ('refund', 'tax_refund') THEN credit_counter ELSE debit_counter END AS counter, reason,
        CASE WHEN reason IN ('refund', 'tax_refund') THEN -amount ELSE amount END AS moved
    FROM transfer
    WHERE venue = ?1 AND at >= ?2 AND at < ?3 AND unit = ?4 AND reason IN ('sale', 'tax', 'top_up', 'refund', 'tax_refund', 'fee')
        AND (pass IS NOT NULL OR reason = 'top_up')
    UNION ALL
    SELECT back.credit_counter, transfer.reason, -back.amount
    FROM transfer AS back JOIN transfer ON transfer.transfer = back.reverses
    WHERE back.venue = ?1 AND back.at >= ?2 AND back.at < ?3 AND back.unit = ?4 AND back.reason = 'reversal'
        AND (transfer.reason IN ('sale', 'tax', 'fee') AND transfer.pass IS NOT NULL OR transfer.reason = 'top_up')
) AS moves
GROUP BY counter, reason ORDER BY counter, reason
