SELECT visit, visits, uses FROM (
    SELECT min(visit) AS visit, CAST(sum(expected) AS BIGINT) AS visits, CAST(sum(found) AS BIGINT) AS uses FROM (
        -- What costs nothing takes nothing from credit: such a visit has no use.
        SELECT visit.visit AS visit, CASE WHEN pass.kind = 'credit' AND used.visit IS NULL THEN 0 ELSE 1 END AS expected,
            0 AS found
        FROM visit JOIN pass ON pass.pass = visit.pass
        LEFT JOIN (SELECT DISTINCT visit FROM transfer WHERE reason = 'use') AS used ON used.visit = visit.visit
        WHERE pass.account IS NOT NULL
        UNION ALL
        SELECT visit, 0, 1 FROM transfer WHERE reason = 'use' AND visit IS NOT NULL
    ) AS both_sides GROUP BY both_sides.visit) AS compared
WHERE visits <> uses
