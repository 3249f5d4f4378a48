SELECT (SELECT config_version FROM store WHERE id = 1),
    (SELECT max(at) FROM journal WHERE journal.venue = ?2 AND clock = 1), open_date, last_closed_date, last_closed_at
FROM gate LEFT JOIN venue_clock ON venue_clock.venue = ?2
WHERE client = (SELECT card.client FROM card WHERE card.uid = ?1) FOR UPDATE OF gate
