-- A reversal moves between the same two, the other way round.
SELECT back.transfer, 1, 0 FROM transfer AS back LEFT JOIN transfer ON transfer.transfer = back.reverses
WHERE back.reverses IS NOT NULL AND (transfer.transfer IS NULL OR transfer.unit <> back.unit OR back.reason <> 'reversal'
    OR COALESCE(transfer.debit, 0) <> COALESCE(back.credit, 0) OR COALESCE(transfer.credit, 0) <> COALESCE(back.debit, 0)
    OR COALESCE(transfer.debit_counter, '') <> COALESCE(back.credit_counter, '')
    OR COALESCE(transfer.credit_counter, '') <> COALESCE(back.debit_counter, ''))
