-- What was taken over, by what it counts and in which currency it is worth something.
SELECT kind, unit, currency, count(*), CAST(sum(CASE WHEN rest > 0 THEN rest ELSE 0 END) AS BIGINT),
    CAST(sum(CASE WHEN rest < 0 THEN -rest ELSE 0 END) AS BIGINT), CAST(sum(owed) AS BIGINT)
FROM opening WHERE venue = ?1 AND (CAST(?2 AS TEXT) IS NULL OR system = ?2)
GROUP BY kind, unit, currency ORDER BY kind, COALESCE(unit, ''), currency
