INSERT INTO pass_event (pass, line, version, at, act, operator, reason, before, after) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
