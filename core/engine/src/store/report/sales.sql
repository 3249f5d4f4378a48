-- A sale that was reversed counts back when it was reversed.
SELECT plan, CAST(sum(n) AS BIGINT), CAST(sum(paid) AS BIGINT) FROM (
    SELECT plan, 1 AS n, price AS paid FROM pass WHERE venue = ?1 AND sold >= ?2 AND sold < ?3 AND currency = ?4
        -- A pass that another client gave is no sale.
        AND NOT EXISTS (SELECT 1 FROM pass AS given WHERE given.pass = pass.previous AND given.status = 'transferred')
        -- Nor one that came from an older system.
        AND NOT EXISTS (SELECT 1 FROM opening WHERE opening.pass = pass.pass)
    UNION ALL
    SELECT pass.plan, -1, -pass.price FROM pass
    WHERE pass.currency = ?4 AND pass.pass IN (
        SELECT back.pass FROM transfer AS back JOIN transfer ON transfer.transfer = back.reverses
        WHERE back.venue = ?1 AND back.reason = 'reversal' AND back.at >= ?2 AND back.at < ?3
            AND transfer.reason IN ('sale', 'grant'))
) AS sales
GROUP BY plan HAVING sum(n) <> 0 OR sum(paid) <> 0 ORDER BY 3 DESC, plan
