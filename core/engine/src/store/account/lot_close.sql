UPDATE lot SET rest = ?2, recognised = ?3, released = ?4, is_open = ?5 WHERE lot = ?1
