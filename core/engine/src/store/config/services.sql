SELECT service, version, name, category, currency, price, tax, sex FROM service ORDER BY service
