INSERT INTO venue_clock (venue, high_water) VALUES (?1, ?2)
ON CONFLICT (venue) DO UPDATE SET high_water =
    CASE WHEN venue_clock.high_water < excluded.high_water THEN excluded.high_water ELSE venue_clock.high_water END
