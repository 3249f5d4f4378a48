SELECT client, expected, found FROM (
    SELECT gate.client, COALESCE((SELECT max(exited) FROM visit WHERE visit.client = gate.client), 0) AS expected,
        COALESCE(gate.last_exit, 0) AS found
    FROM gate) AS compared
WHERE expected <> found
