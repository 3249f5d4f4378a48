INSERT INTO pass_freeze (pass_freeze, pass, from_date, until_date, ended, reason, made, operator, grp, free)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
ON CONFLICT (pass_freeze) DO UPDATE SET ended = excluded.ended
