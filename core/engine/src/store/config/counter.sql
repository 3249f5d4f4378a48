SELECT next FROM counter WHERE kind = ?1
