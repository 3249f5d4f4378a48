SELECT client, uid FROM card WHERE uid >= ?1 AND uid < ?2 ORDER BY uid LIMIT ?3
