INSERT INTO client_comment (comment, client, at, operator, text, pinned, removed, removed_by)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
ON CONFLICT (comment) DO UPDATE SET text = excluded.text, pinned = excluded.pinned, removed = excluded.removed,
    removed_by = excluded.removed_by
