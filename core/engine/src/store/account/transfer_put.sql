INSERT INTO transfer (transfer, grp, at, venue, business_date, unit, amount, debit, debit_counter, credit, credit_counter,
    reason, client, pass, plan, visit, lots, lot, reverses)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19)
