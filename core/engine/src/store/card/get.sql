SELECT uid, card, client, kind, state, issued FROM card WHERE uid = ?1
