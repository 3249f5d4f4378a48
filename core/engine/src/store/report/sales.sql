SELECT plan, count(*), CAST(sum(price) AS BIGINT) FROM pass WHERE venue = ?1 AND sold >= ?2 AND sold < ?3 AND currency = ?4
GROUP BY plan ORDER BY 3 DESC, plan
