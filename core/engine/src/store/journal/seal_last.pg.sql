UPDATE journal SET position = ?1, hash = ?2 WHERE entry = currval('journal_entry')
