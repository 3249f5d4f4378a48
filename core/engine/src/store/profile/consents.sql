SELECT consent, client, kind, granted, text_version, source, channel, at, operator FROM client_consent
WHERE client = ?1 AND (at < ?2 OR (at = ?2 AND consent < ?3))
ORDER BY at DESC, consent DESC LIMIT ?4
