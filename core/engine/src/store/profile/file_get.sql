SELECT file, client, name, media_type, size, sha256, at, operator FROM client_file WHERE file = ?1
