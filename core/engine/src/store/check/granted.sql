SELECT transfer.transfer, transfer.lot, COALESCE(lot.lot, 0) FROM transfer LEFT JOIN lot ON lot.lot = transfer.lot
WHERE transfer.lot IS NOT NULL AND (lot.lot IS NULL OR transfer.credit IS NULL OR lot.account <> transfer.credit)
