UPDATE counter SET next = ?2 WHERE kind = ?1 AND next = ?3
