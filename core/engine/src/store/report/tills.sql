SELECT CASE WHEN reason IN ('refund', 'tax_refund') THEN credit_counter ELSE debit_counter END, reason,
    CAST(sum(CASE WHEN reason IN ('refund', 'tax_refund') THEN -amount ELSE amount END) AS BIGINT)
FROM transfer
WHERE venue = ?1 AND at >= ?2 AND at < ?3 AND unit = ?4 AND reason IN ('sale', 'tax', 'top_up', 'refund', 'tax_refund', 'fee')
    AND (pass IS NOT NULL OR reason = 'top_up')
GROUP BY 1, 2 ORDER BY 1, 2
