SELECT (SELECT count(*) FROM pass WHERE client = ?1), (SELECT count(*) FROM booking WHERE client = ?1 AND state = 'booked'),
    (SELECT count(*) FROM hold WHERE client = ?1 AND state = 'open' AND expires > ?2),
    (SELECT count(*) FROM conflict WHERE client = ?1 AND settled IS NULL)
