SELECT client, expected, found FROM (
    SELECT client.client, client.sex AS theirs, gate.sex AS kept,
        client.archived * 1000000000 + (SELECT count(*) FROM visit WHERE visit.client = client.client) AS expected,
        COALESCE(gate.archived * 1000000000 + gate.visits, -1) AS found
    FROM client LEFT JOIN gate ON gate.client = client.client) AS compared
WHERE expected <> found OR kept IS DISTINCT FROM theirs
