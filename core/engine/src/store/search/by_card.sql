SELECT found.client, gate.archived, gate.last_visit, gate.inside, CASE WHEN found.uid = ?1 THEN 1 ELSE 0 END
FROM (SELECT client, uid FROM card WHERE uid >= ?1 AND uid < ?2 ORDER BY uid LIMIT ?3) AS found
CROSS JOIN gate WHERE gate.client = found.client
