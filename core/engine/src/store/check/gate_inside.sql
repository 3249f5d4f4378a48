SELECT gate.client, COALESCE(inside.zones, 0) AS expected, gate.inside AS found
FROM gate LEFT JOIN (SELECT client, count(*) AS zones FROM presence GROUP BY client) AS inside ON inside.client = gate.client
WHERE expected <> found
