SELECT client, version, kind, first_name, last_name, phone, email, sex, birth_date, notes, venue, archived, created,
    notes_by, notes_at, language, source, addresses, phones, emails, company, notifications
FROM client WHERE client = ?1
