SELECT card.client, presence.visit, presence.entered
FROM card LEFT JOIN presence ON presence.zone = ?1 AND presence.client = card.client
WHERE card.uid = ?2
