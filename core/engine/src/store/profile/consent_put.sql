INSERT INTO client_consent (consent, client, kind, granted, text_version, source, channel, at, operator)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
