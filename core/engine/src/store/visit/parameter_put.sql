INSERT INTO visit_parameter (visit, name, kind, value, client, service, entered) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
ON CONFLICT (visit, name) DO UPDATE SET kind = excluded.kind, value = excluded.value
