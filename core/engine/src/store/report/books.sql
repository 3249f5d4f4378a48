-- What moved the value that is owed for the passes of each plan, before a period of business dates and in it. Sold and taken over credit it,
-- all else debits it; a reversal counts against what it reverses.
SELECT plan, what,
    CAST(sum(CASE WHEN business_date < ?3 THEN CASE WHEN credited = expected THEN amount ELSE -amount END ELSE 0 END) AS BIGINT),
    CAST(sum(CASE WHEN business_date >= ?3 THEN CASE WHEN credited = expected THEN amount ELSE -amount END ELSE 0 END) AS BIGINT)
FROM (
    SELECT plan, business_date, amount, what, credited, CASE WHEN what IN ('sold', 'taken_over') THEN 1 ELSE 0 END AS expected
    FROM (
        SELECT plan, business_date, amount, CASE WHEN credit_counter = 'deferred_revenue' THEN 1 ELSE 0 END AS credited,
            CASE WHEN reason IN ('recognition', 'time_recognition') THEN 'recognised'
                WHEN reason = 'reversal' AND debit_counter = 'revenue' THEN 'recognised'
                WHEN reason = 'breakage' THEN 'breakage'
                WHEN reason = 'reversal' AND debit_counter = 'breakage' THEN 'breakage'
                WHEN reason = 'refund' THEN 'refunded'
                WHEN reason IN ('sale', 'reversal') THEN 'sold'
                WHEN credit_counter = 'deferred_revenue' THEN 'taken_over'
                ELSE 'handed_over' END AS what
        FROM transfer
        WHERE venue = ?1 AND unit = ?2 AND plan IS NOT NULL AND business_date < ?4
            AND (debit_counter = 'deferred_revenue' OR credit_counter = 'deferred_revenue')
    ) AS named
) AS signed
GROUP BY plan, what ORDER BY plan, what
