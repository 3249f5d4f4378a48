DELETE FROM visit_parameter WHERE visit = ?1 AND name = ?2
