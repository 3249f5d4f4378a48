SELECT booking.booking, booking.version, booking.client, booking.venue, booking.service, booking.starts, booking.made, booking.state, booking.pass, booking.pass_use, booking.grp, booking.visit,
    CASE WHEN pass_use.pass_use IS NOT NULL THEN 1 ELSE 0 END
FROM booking LEFT JOIN pass_use ON pass_use.pass_use = booking.pass_use AND pass_use.reversed IS NULL
WHERE booking.client = ?1 AND booking.starts >= ?2 AND booking.starts < ?3 AND (booking.starts, booking.booking) > (?4, ?5)
ORDER BY booking.starts, booking.booking LIMIT ?6
