SELECT kind, next FROM counter
