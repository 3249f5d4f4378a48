INSERT INTO client_chart (client, field, value, at, operator) VALUES (?1, ?2, ?3, ?4, ?5)
ON CONFLICT (client, field) DO UPDATE SET value = excluded.value, at = excluded.at, operator = excluded.operator
