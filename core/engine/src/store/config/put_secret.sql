UPDATE store SET secret = ?1 WHERE id = 1
