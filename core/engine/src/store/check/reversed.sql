-- The value that comes back with a use may be a cent more than that very use had earned; every other transfer goes back once.
SELECT transfer.transfer, transfer.amount, CAST(sum(back.amount) AS BIGINT)
FROM transfer AS back JOIN transfer ON transfer.transfer = back.reverses
WHERE transfer.debit_counter IS NULL OR transfer.debit_counter <> 'deferred_revenue'
GROUP BY transfer.transfer, transfer.amount HAVING sum(back.amount) > transfer.amount
