SELECT version FROM schema_version WHERE id = 1
