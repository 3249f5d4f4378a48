SELECT node, config_version, secret FROM store WHERE id = 1
