SELECT transfer, at, reason, amount, lots FROM transfer WHERE credit = ?1 AND at >= ?2 AND at < ?3
UNION ALL
SELECT transfer, at, reason, -amount, lots FROM transfer WHERE debit = ?1 AND at >= ?2 AND at < ?3
ORDER BY 2, 1 LIMIT ?4
