UPDATE journal SET position = ?2, hash = ?3 WHERE entry = ?1
