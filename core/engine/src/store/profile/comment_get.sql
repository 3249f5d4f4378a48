SELECT comment, client, at, operator, text, pinned, removed, removed_by FROM client_comment WHERE comment = ?1
