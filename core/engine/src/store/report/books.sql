SELECT plan, reason, CAST(sum(amount) AS BIGINT) FROM transfer
WHERE venue = ?1 AND unit = ?2 AND plan IS NOT NULL
    AND (reason <> 'credit' OR debit_counter = 'deferred_revenue')
    AND reason IN ('sale', 'recognition', 'time_recognition', 'breakage', 'refund', 'credit')
GROUP BY plan, reason ORDER BY plan, reason
