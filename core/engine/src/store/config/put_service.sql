INSERT INTO service (service, version, name, category, currency, price, tax, sex) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
ON CONFLICT (service) DO UPDATE SET version = excluded.version, name = excluded.name, category = excluded.category,
    currency = excluded.currency, price = excluded.price, tax = excluded.tax, sex = excluded.sex
