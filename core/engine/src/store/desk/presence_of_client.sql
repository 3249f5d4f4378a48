SELECT visit.client, client.first_name, client.last_name, visit.visit, visit.venue, visit.entered, visit.exited, visit.pass
FROM visit JOIN client ON client.client = visit.client
WHERE visit.client = ?1 AND visit.entered < ?3 AND (visit.exited IS NULL OR visit.exited > ?2)
    AND (visit.entered, visit.visit) > (?4, ?5)
ORDER BY visit.entered, visit.visit LIMIT ?6
