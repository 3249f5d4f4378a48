SELECT client, zone, venue, entered, exited FROM visit
WHERE client = ?1 AND entered < ?3 AND (entered >= ?2 OR exited > ?4)
