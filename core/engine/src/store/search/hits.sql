SELECT client.client, client.kind, client.first_name, client.last_name, client.phone, client.email, client.birth_date,
    gate.archived, gate.last_visit, gate.inside
FROM client JOIN gate ON gate.client = client.client
WHERE client.client IN (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22, ?23, ?24)
