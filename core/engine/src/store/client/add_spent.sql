INSERT INTO client_spent (client, currency, spent) VALUES (?1, ?2, ?3)
ON CONFLICT (client, currency) DO UPDATE SET spent = client_spent.spent + excluded.spent
