INSERT INTO venue (venue, version, name, time_zone, currency, country, zone, anti_passback, reentry_grace_minutes, entry_service,
    mandatory, language, switched_off, reminder_days)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)
ON CONFLICT (venue) DO UPDATE SET version = excluded.version, name = excluded.name, country = excluded.country,
    anti_passback = excluded.anti_passback, reentry_grace_minutes = excluded.reentry_grace_minutes,
    entry_service = excluded.entry_service, mandatory = excluded.mandatory, language = excluded.language,
    switched_off = excluded.switched_off, reminder_days = excluded.reminder_days
