UPDATE visit SET exited = ?2 WHERE visit = ?1
