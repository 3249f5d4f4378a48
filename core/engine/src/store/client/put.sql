INSERT INTO client (client, version, kind, first_name, last_name, phone, email, email_key, sex, birth_date, notes, venue,
    archived, created)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)
ON CONFLICT (client) DO UPDATE SET version = excluded.version, kind = excluded.kind, first_name = excluded.first_name,
    last_name = excluded.last_name, phone = excluded.phone, email = excluded.email, email_key = excluded.email_key,
    sex = excluded.sex, birth_date = excluded.birth_date, notes = excluded.notes, archived = excluded.archived
