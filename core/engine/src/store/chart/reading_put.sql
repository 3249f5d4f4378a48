INSERT INTO chart_reading (client, at, operator, venue) VALUES (?1, ?2, ?3, ?4)
ON CONFLICT (client, at, operator, venue) DO NOTHING
