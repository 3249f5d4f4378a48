SELECT unit, debit_counter, credit_counter, amount FROM transfer WHERE grp = ?1 ORDER BY transfer
