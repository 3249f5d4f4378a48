INSERT INTO gate (client, archived, sex, visits, last_visit, last_exit) VALUES (?1, ?2, ?3, 0, NULL, NULL)
ON CONFLICT (client) DO UPDATE SET archived = excluded.archived, sex = excluded.sex
