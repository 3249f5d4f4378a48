SELECT booking.booking, booking.version, booking.client, booking.venue, booking.service, booking.starts, booking.made, booking.state, booking.pass, booking.pass_use, booking.grp, booking.visit
FROM booking LEFT JOIN pass_use ON pass_use.pass_use = booking.pass_use AND pass_use.reversed IS NULL
WHERE booking.client = ?1 AND booking.state = 'booked' AND pass_use.pass_use IS NULL AND (booking.pass IS NULL OR booking.pass_use IS NOT NULL)
ORDER BY booking.starts, booking.booking LIMIT ?2
