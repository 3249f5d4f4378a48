SELECT transfer, grp, at, venue, business_date, unit, amount, debit, debit_counter, credit, credit_counter, reason, client, pass, plan, visit,
    lots, lot, reverses
FROM transfer WHERE grp = ?1 ORDER BY transfer
