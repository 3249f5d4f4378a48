INSERT INTO card (uid, card, client, kind, state, issued, blocked, blocked_by, block_reason, block_note, returned)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)
ON CONFLICT (uid) DO UPDATE SET card = excluded.card, client = excluded.client, kind = excluded.kind, state = excluded.state,
    issued = excluded.issued, blocked = excluded.blocked, blocked_by = excluded.blocked_by, block_reason = excluded.block_reason,
    block_note = excluded.block_note, returned = excluded.returned
