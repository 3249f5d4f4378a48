INSERT INTO gate (client, archived, sex, last_exit, inside, passes_since, account, passes, visits, last_visit)
VALUES (?1, ?2, ?3, NULL, 0, 0, NULL, '', 0, NULL)
ON CONFLICT (client) DO UPDATE SET archived = excluded.archived, sex = excluded.sex
