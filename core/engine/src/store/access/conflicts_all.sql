SELECT conflict, at, made, venue, client, visit, reason, settled, note FROM conflict WHERE venue = ?1 AND conflict > ?2 ORDER BY conflict LIMIT ?3
