SELECT client.client,
    client.archived * 1000000000 + (SELECT count(*) FROM visit WHERE visit.client = client.client) AS expected,
    COALESCE(gate.archived * 1000000000 + gate.visits, -1) AS found
FROM client LEFT JOIN gate ON gate.client = client.client
WHERE expected <> found OR gate.sex IS NOT client.sex
