SELECT pass_freeze, pass, from_date, until_date, ended, free, reason, made, operator, grp
FROM pass_freeze WHERE pass = ?1 ORDER BY pass_freeze LIMIT 1000
