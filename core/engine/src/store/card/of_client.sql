SELECT uid, card, client, kind, state, issued, blocked, blocked_by, block_reason, block_note, returned FROM card WHERE client = ?1 ORDER BY card
