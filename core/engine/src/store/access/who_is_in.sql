SELECT presence.client, client.first_name, client.last_name, presence.visit, presence.entered, visit.pass,
    (SELECT max(card.card) FROM card WHERE card.client = presence.client AND card.state = 'active')
FROM presence
JOIN client ON client.client = presence.client
JOIN visit ON visit.visit = presence.visit
WHERE presence.zone = ?1 AND presence.client > ?2
ORDER BY presence.client LIMIT ?3
