SELECT visit, client, venue, zone, service, entered, exited, pass FROM visit WHERE visit = ?1
