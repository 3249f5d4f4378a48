-- What every counter-account was credited less debited, before a period of business dates and in it; all accounts of clients
-- together where no counter is named.
SELECT counter, CAST(sum(CASE WHEN business_date < ?3 THEN moved ELSE 0 END) AS BIGINT),
    CAST(sum(CASE WHEN business_date >= ?3 THEN moved ELSE 0 END) AS BIGINT)
FROM (
    SELECT credit_counter AS counter, business_date, amount AS moved FROM transfer
    WHERE venue = ?1 AND unit = ?2 AND business_date < ?4
    UNION ALL
    SELECT debit_counter, business_date, -amount FROM transfer WHERE venue = ?1 AND unit = ?2 AND business_date < ?4
) AS sides
GROUP BY counter ORDER BY counter
