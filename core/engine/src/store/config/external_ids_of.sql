SELECT system, value FROM external_id WHERE kind = ?1 AND entity = ?2 ORDER BY system, value
