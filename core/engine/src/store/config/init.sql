INSERT INTO store (id, node, created, config_version, secret) VALUES (1, ?1, ?2, 1, ?3)
