UPDATE lot SET held = ?2, held_until = ?3 WHERE lot = ?1
