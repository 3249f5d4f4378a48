SELECT found.client, gate.archived, gate.last_visit, gate.inside, 1
FROM (SELECT entity AS client FROM external_id WHERE kind = 'client' AND value >= ?1 AND value <= ?1 ORDER BY value LIMIT ?2) AS found
CROSS JOIN gate WHERE gate.client = found.client
