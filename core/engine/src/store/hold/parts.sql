SELECT lot, account, pass, amount, held FROM hold_part WHERE hold = ?1 ORDER BY account, lot
