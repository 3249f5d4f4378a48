SELECT conflict, at, made, venue, client, visit, reason, settled, note FROM conflict WHERE conflict = ?1
