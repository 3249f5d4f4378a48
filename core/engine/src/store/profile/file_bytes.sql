SELECT bytes FROM client_file WHERE file = ?1
