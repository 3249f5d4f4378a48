INSERT INTO search_name (word, other, client) VALUES (?1, ?2, ?3) ON CONFLICT (word, other, client) DO NOTHING
