SELECT min(visit), sum(expected) AS visits, sum(found) AS uses FROM (
    SELECT visit.visit AS visit, 1 AS expected, 0 AS found
    FROM visit JOIN pass ON pass.pass = visit.pass WHERE pass.account IS NOT NULL
    UNION ALL
    SELECT visit, 0, 1 FROM transfer WHERE reason = 'use' AND visit IS NOT NULL
) GROUP BY visit HAVING visits <> uses
