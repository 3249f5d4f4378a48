SELECT grp FROM transfer WHERE transfer = ?1
