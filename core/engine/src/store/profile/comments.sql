SELECT comment, client, at, operator, text, pinned, removed, removed_by FROM client_comment
WHERE client = ?1 AND (at < ?2 OR (at = ?2 AND comment < ?3))
ORDER BY at DESC, comment DESC LIMIT ?4
