INSERT INTO plan (plan, version, name, kind, start, currency, price, tax, priority, colour, channels, services, categories,
    venues, deleted, usage, life)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17)
ON CONFLICT (plan) DO UPDATE SET version = excluded.version, name = excluded.name, kind = excluded.kind,
    start = excluded.start, currency = excluded.currency, price = excluded.price, tax = excluded.tax,
    priority = excluded.priority, colour = excluded.colour, channels = excluded.channels,
    services = excluded.services, categories = excluded.categories, venues = excluded.venues,
    deleted = excluded.deleted, usage = excluded.usage, life = excluded.life
