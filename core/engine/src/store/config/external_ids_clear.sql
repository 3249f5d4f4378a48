DELETE FROM external_id WHERE kind = ?1 AND entity = ?2
