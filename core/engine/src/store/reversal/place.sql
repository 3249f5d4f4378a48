SELECT at, business_date FROM transfer WHERE transfer = ?2 AND (credit = ?1 OR debit = ?1)
