SELECT tag FROM client_tag WHERE client = ?1 ORDER BY tag
