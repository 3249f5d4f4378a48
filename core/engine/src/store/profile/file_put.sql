INSERT INTO client_file (file, client, name, media_type, size, sha256, at, operator, bytes)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
