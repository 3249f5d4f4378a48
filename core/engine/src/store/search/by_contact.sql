SELECT client, key FROM search_contact WHERE kind = ?1 AND key >= ?2 AND key < ?3 ORDER BY key, client LIMIT ?4
