SELECT client, version, kind, first_name, last_name, phone, email, sex, birth_date, notes, venue, archived, created
FROM client WHERE client = ?1
