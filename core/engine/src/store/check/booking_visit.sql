-- The visit that a booking names is its client's, and only one that was attended names one.
SELECT booking.booking, booking.client, COALESCE(visit.client, 0)
FROM booking LEFT JOIN visit ON visit.visit = booking.visit AND booking.state = 'attended'
WHERE booking.visit IS NOT NULL AND (visit.visit IS NULL OR visit.client <> booking.client)
