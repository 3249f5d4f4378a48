SELECT pass, version, at, act, operator, reason, before, after
FROM pass_event WHERE pass = ?1 AND version < ?2 ORDER BY version DESC LIMIT ?3
