SELECT CAST(COALESCE(max(used), 0) AS BIGINT) FROM (
    SELECT max(entered) AS used FROM visit WHERE visit.client = ?2 AND visit.pass = ?1
    UNION ALL SELECT max(at) FROM pass_use WHERE pass_use.pass = ?1 AND pass_use.reversed IS NULL) AS uses
