SELECT consent, client, kind, granted, text_version, source, channel, at, operator FROM client_consent WHERE consent = ?1
