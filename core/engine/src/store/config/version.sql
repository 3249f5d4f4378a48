SELECT config_version FROM store WHERE id = 1
