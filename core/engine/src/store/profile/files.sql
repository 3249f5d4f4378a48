SELECT file, client, name, media_type, size, sha256, at, operator FROM client_file
WHERE client = ?1 AND (at < ?2 OR (at = ?2 AND file < ?3))
ORDER BY at DESC, file DESC LIMIT ?4
