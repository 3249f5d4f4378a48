UPDATE venue_clock SET open_date = NULL, last_closed_date = ?2, last_closed_at = ?3 WHERE venue = ?1
