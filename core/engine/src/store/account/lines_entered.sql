SELECT transfer, at, business_date, transfer.reason, amount, lots, adjustment.reason, adjustment.operator
FROM transfer LEFT JOIN adjustment ON adjustment.grp = transfer.grp
WHERE credit = ?1 AND (business_date, transfer) > (?2, ?3) AND business_date < ?4
UNION ALL
SELECT transfer, at, business_date, transfer.reason, -amount, lots, adjustment.reason, adjustment.operator
FROM transfer LEFT JOIN adjustment ON adjustment.grp = transfer.grp
WHERE debit = ?1 AND (business_date, transfer) > (?2, ?3) AND business_date < ?4
ORDER BY 3, 1 LIMIT ?5
