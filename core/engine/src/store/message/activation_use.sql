UPDATE activation SET used = ?2 WHERE message = ?1
