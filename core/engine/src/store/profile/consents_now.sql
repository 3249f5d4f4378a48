SELECT consent, client, kind, granted, text_version, source, channel, at, operator FROM client_consent AS held
WHERE client = ?1 AND NOT EXISTS (SELECT 1 FROM client_consent AS later WHERE later.client = held.client
    AND later.kind = held.kind AND (later.at > held.at OR (later.at = held.at AND later.consent > held.consent)))
ORDER BY kind
