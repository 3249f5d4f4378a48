SELECT high_water, open_date, last_closed_date, last_closed_at FROM venue_clock WHERE venue = ?1
