UPDATE store SET config_version = config_version + 1 WHERE id = 1
