DELETE FROM presence WHERE zone = ?1 AND client = ?2
