INSERT INTO conflict (conflict, at, made, venue, client, visit, reason, settled, note)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
ON CONFLICT (conflict) DO UPDATE SET settled = excluded.settled, note = excluded.note
