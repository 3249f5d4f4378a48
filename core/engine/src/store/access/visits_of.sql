SELECT visit, client, venue, zone, service, entered, exited, pass FROM visit WHERE client = ?1 ORDER BY entered DESC, visit DESC LIMIT ?2
