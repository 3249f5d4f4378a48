SELECT pass, line, version, at, act, operator, reason, before, after
FROM pass_event WHERE pass = ?1 AND line < ?2 ORDER BY line DESC LIMIT ?3
