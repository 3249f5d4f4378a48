SELECT plan, version, name, kind, start, currency, price, tax, priority, colour, channels, services, categories, venues, deleted, usage, life
FROM plan ORDER BY plan
