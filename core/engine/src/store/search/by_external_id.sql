SELECT entity, value FROM external_id WHERE kind = 'client' AND value = ?1 ORDER BY entity LIMIT ?2
