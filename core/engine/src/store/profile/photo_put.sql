INSERT INTO client_photo (client, media_type, size, sha256, reference, at, operator, bytes)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
ON CONFLICT (client) DO UPDATE SET media_type = excluded.media_type, size = excluded.size, sha256 = excluded.sha256,
    reference = excluded.reference, at = excluded.at, operator = excluded.operator, bytes = excluded.bytes
