INSERT INTO venue_clock (venue, high_water) VALUES (?1, ?2)
ON CONFLICT (venue) DO UPDATE SET high_water = max(venue_clock.high_water, excluded.high_water)
