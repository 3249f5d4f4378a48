INSERT INTO card (uid, card, client, kind, state, issued) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
ON CONFLICT (uid) DO UPDATE SET client = excluded.client, kind = excluded.kind, state = excluded.state
