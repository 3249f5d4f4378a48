SELECT count(*) FROM presence WHERE zone = ?1
