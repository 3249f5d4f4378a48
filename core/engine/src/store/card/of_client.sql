SELECT uid, card, client, kind, state, issued FROM card WHERE client = ?1 ORDER BY card
