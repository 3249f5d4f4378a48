SELECT name, kind, value FROM visit_parameter WHERE visit = ?1 ORDER BY name
