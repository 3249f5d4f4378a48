SELECT (SELECT config_version FROM store WHERE id = 1),
    (SELECT max(at) FROM journal WHERE journal.venue = ?1 AND clock = 1), open_date, last_closed_date, last_closed_at
FROM (SELECT 1) AS one LEFT JOIN venue_clock ON venue_clock.venue = ?1
