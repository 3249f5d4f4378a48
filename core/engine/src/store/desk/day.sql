SELECT (SELECT count(*) FROM presence WHERE presence.zone = ?2),
    (SELECT count(*) FROM client WHERE client.venue = ?1 AND client.created >= ?3 AND client.created < ?4),
    (SELECT count(*) FROM conflict WHERE conflict.venue = ?1 AND conflict.settled IS NULL),
    (SELECT count(*) FROM hold WHERE hold.venue = ?1 AND hold.state = 'open' AND hold.expires > ?5)
