-- By no index: each entry would have to keep it.
SELECT client.client, client.kind, client.first_name, client.last_name, client.phone, client.email, client.birth_date, client.venue,
    client.archived, client.created, gate.visits, gate.last_visit,
    CASE WHEN EXISTS (SELECT 1 FROM account WHERE account.client = client.client AND account.pass IS NULL AND account.debt > 0)
        THEN 1 ELSE 0 END,
    CAST(COALESCE(gate.last_visit, -9000000000000000000) AS TEXT)
FROM client JOIN gate ON gate.client = client.client
WHERE (COALESCE(gate.last_visit, -9000000000000000000), client.client) < (?1, ?2)
    AND (client.kind = ?3 OR ?3 = '') AND (client.archived = ?4 OR ?4 = -1) AND (client.venue = ?5 OR ?5 = 0)
    AND (substr(client.birth_date, 6, 2) = ?6 OR ?6 = '')
    AND (CAST(CASE WHEN client.phone IS NULL AND client.email IS NULL
            AND client.phones IS NULL AND client.emails IS NULL THEN 1 ELSE 0 END AS BIGINT) = ?7 OR ?7 = -1)
    AND (CAST(CASE WHEN EXISTS (SELECT 1 FROM account WHERE account.client = client.client AND account.pass IS NULL AND account.debt > 0)
        THEN 1 ELSE 0 END AS BIGINT) = ?8 OR ?8 = -1)
    AND (?9 = '' OR EXISTS (SELECT 1 FROM client_tag WHERE client_tag.client = client.client AND client_tag.tag = ?9))
    AND (CAST(?10 AS BIGINT) = 0 OR EXISTS (SELECT 1 FROM pass
        WHERE pass.client = client.client AND pass.live_until > ?11 AND pass.status = 'open'))
ORDER BY COALESCE(gate.last_visit, -9000000000000000000) DESC, client.client DESC LIMIT ?12
