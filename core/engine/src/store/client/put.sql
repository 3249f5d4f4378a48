INSERT INTO client (client, version, kind, first_name, last_name, phone, email, email_key, sex, birth_date, notes, venue,
    archived, created, notes_by, notes_at, language, source, addresses, phones, emails, company, notifications)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22, ?23)
ON CONFLICT (client) DO UPDATE SET version = excluded.version, kind = excluded.kind, first_name = excluded.first_name,
    last_name = excluded.last_name, phone = excluded.phone, email = excluded.email, email_key = excluded.email_key,
    sex = excluded.sex, birth_date = excluded.birth_date, notes = excluded.notes, archived = excluded.archived,
    notes_by = excluded.notes_by, notes_at = excluded.notes_at, language = excluded.language, source = excluded.source,
    addresses = excluded.addresses, phones = excluded.phones, emails = excluded.emails, company = excluded.company,
    notifications = excluded.notifications
