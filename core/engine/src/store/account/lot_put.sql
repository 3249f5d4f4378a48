INSERT INTO lot (lot, account, amount, rest, held, granted, effective, expires, priority, origin, origin_rank, value, recognised,
    released, is_open, held_until)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16)
