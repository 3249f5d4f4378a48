SELECT client, expected, found FROM (
    SELECT gate.client, COALESCE((SELECT max(entered) FROM visit WHERE visit.client = gate.client), 0) AS expected,
        COALESCE(gate.last_visit, 0) AS found
    FROM gate) AS compared
WHERE expected <> found
