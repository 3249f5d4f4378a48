SELECT found.client, gate.archived, gate.last_visit, gate.inside, found.text
FROM (SELECT entity AS client, value AS text FROM external_id WHERE kind = 'client' AND value = ?1 ORDER BY entity LIMIT ?2) AS found
CROSS JOIN gate WHERE gate.client = found.client
