SELECT transfer, at, business_date, transfer.reason, amount, lots, adjustment.reason, adjustment.operator
FROM transfer LEFT JOIN adjustment ON adjustment.grp = transfer.grp
WHERE credit = ?1 AND (at, transfer) > (?2, ?3) AND at < ?4
UNION ALL
SELECT transfer, at, business_date, transfer.reason, -amount, lots, adjustment.reason, adjustment.operator
FROM transfer LEFT JOIN adjustment ON adjustment.grp = transfer.grp
WHERE debit = ?1 AND (at, transfer) > (?2, ?3) AND at < ?4
ORDER BY 2, 1 LIMIT ?5
