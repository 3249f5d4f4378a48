UPDATE lot SET rest = ?2, recognised = ?3, released = ?4 WHERE lot = ?1
