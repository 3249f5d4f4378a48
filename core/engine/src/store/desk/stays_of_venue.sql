SELECT client, zone, venue, entered, exited FROM visit WHERE venue = ?1 AND entered >= ?2 AND entered < ?3
