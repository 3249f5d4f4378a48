UPDATE pass SET starts = ?2, ends = ?3, live_until = ?4 WHERE pass = ?1
