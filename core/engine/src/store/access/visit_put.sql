INSERT INTO visit (visit, client, venue, zone, service, entered, exited, pass) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
