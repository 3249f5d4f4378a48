INSERT INTO venue_clock (venue, high_water, open_date) VALUES (?1, ?3, ?2)
ON CONFLICT (venue) DO UPDATE SET open_date = excluded.open_date
