SELECT entity FROM external_id WHERE kind = ?1 AND system = ?2 AND value = ?3
