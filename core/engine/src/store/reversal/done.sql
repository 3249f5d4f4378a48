SELECT back.reverses, CAST(sum(back.amount) AS BIGINT) FROM transfer JOIN transfer AS back ON back.reverses = transfer.transfer
WHERE transfer.grp = ?1 GROUP BY back.reverses
