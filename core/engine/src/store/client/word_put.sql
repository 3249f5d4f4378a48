INSERT INTO client_word (word, client) VALUES (?1, ?2) ON CONFLICT (word, client) DO NOTHING
