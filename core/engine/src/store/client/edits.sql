SELECT fields FROM client_edit WHERE client = ?1 AND version > ?2 ORDER BY version
