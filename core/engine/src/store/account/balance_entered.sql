SELECT CAST(
    (SELECT COALESCE(sum(amount), 0) FROM transfer WHERE credit = ?1 AND (business_date, transfer) <= (?2, ?3))
    - (SELECT COALESCE(sum(amount), 0) FROM transfer WHERE debit = ?1 AND (business_date, transfer) <= (?2, ?3)) AS BIGINT)
