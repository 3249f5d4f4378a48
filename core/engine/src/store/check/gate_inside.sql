SELECT client, expected, found FROM (
    SELECT gate.client, (SELECT count(*) FROM presence WHERE presence.client = gate.client) AS expected, gate.inside AS found
    FROM gate) AS compared
WHERE expected <> found
