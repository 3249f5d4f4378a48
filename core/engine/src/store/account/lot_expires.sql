UPDATE lot SET expires = ?2 WHERE lot = ?1
