SELECT booking FROM booking
WHERE client = ?1 AND starts >= ?3 AND starts < ?4 AND pass = ?2 AND state = 'booked' ORDER BY starts, booking LIMIT 100
