SELECT plan, count(*), CAST(sum(price) AS BIGINT) FROM pass WHERE venue = ?1 AND sold >= ?2 AND sold < ?3 AND currency = ?4
    -- A pass that another client gave is no sale.
    AND NOT EXISTS (SELECT 1 FROM pass AS given WHERE given.pass = pass.previous AND given.status = 'transferred')
GROUP BY plan ORDER BY 3 DESC, plan
