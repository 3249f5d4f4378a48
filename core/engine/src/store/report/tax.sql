SELECT CAST(COALESCE(sum(CASE WHEN credit_counter = 'tax_payable' THEN amount ELSE -amount END), 0) AS BIGINT)
FROM transfer
WHERE venue = ?1 AND unit = ?2 AND (credit_counter = 'tax_payable' OR debit_counter = 'tax_payable')
