SELECT venue.venue, (SELECT max(at) FROM journal WHERE journal.venue = venue.venue AND clock = 1), open_date, last_closed_date,
    last_closed_at
FROM venue LEFT JOIN venue_clock ON venue_clock.venue = venue.venue
WHERE EXISTS (SELECT 1 FROM journal WHERE journal.venue = venue.venue AND clock = 1)
ORDER BY venue.venue
