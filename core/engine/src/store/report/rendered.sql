-- What was rendered, and the group of the use that paid for it.
WITH rendered AS (
    SELECT visit.service AS service, 1 AS visits, 0 AS uses, 0 AS bookings, used.grp AS grp
    FROM visit LEFT JOIN pass ON pass.pass = visit.pass
    LEFT JOIN transfer AS used ON used.debit = pass.account AND used.at = visit.entered AND used.visit = visit.visit AND used.reason = 'use'
    WHERE visit.venue = ?1 AND visit.entered >= ?2 AND visit.entered < ?3 AND visit.service IS NOT NULL
    UNION ALL
    SELECT service, 0, quantity - back, 0, grp FROM pass_use
    WHERE venue = ?1 AND at >= ?2 AND at < ?3 AND service IS NOT NULL AND visit IS NULL AND booking IS NULL AND reversed IS NULL
    UNION ALL
    SELECT service, 0, 0, 1, grp FROM booking WHERE venue = ?1 AND starts >= ?2 AND starts < ?3 AND state = 'attended'
)
SELECT service, CAST(sum(visits) AS BIGINT), CAST(sum(uses) AS BIGINT), CAST(sum(bookings) AS BIGINT),
    CAST(COALESCE(sum(value), 0) AS BIGINT)
FROM (
    SELECT service, visits, uses, bookings, (
        SELECT sum(earned.amount - COALESCE((SELECT sum(back.amount) FROM transfer AS back WHERE back.reverses = earned.transfer), 0))
        FROM transfer AS earned WHERE earned.grp = rendered.grp AND earned.reason = 'recognition' AND earned.unit = ?4
    ) AS value
    FROM rendered
) AS valued
GROUP BY service ORDER BY service
