SELECT venue, version, name, time_zone, currency, country, zone, anti_passback, reentry_grace_minutes, entry_service, mandatory, language,
    switched_off, reminder_days
FROM venue ORDER BY venue
