SELECT
    (SELECT CAST(COALESCE(sum(quantity - back), 0) AS BIGINT) FROM pass_use WHERE pass = ?1 AND reversed IS NULL AND at >= ?3 AND at < ?4),
    (SELECT CAST(COALESCE(sum(quantity - back), 0) AS BIGINT) FROM pass_use WHERE pass = ?1 AND reversed IS NULL AND at >= ?5 AND at < ?6),
    (SELECT CAST(COALESCE(sum(quantity - back), 0) AS BIGINT) FROM pass_use WHERE pass = ?1 AND reversed IS NULL AND at >= ?7 AND at < ?8),
    (SELECT CAST(COALESCE(sum(quantity - back), 0) AS BIGINT) FROM pass_use WHERE pass = ?1 AND reversed IS NULL AND at >= ?9),
    (SELECT max(at) FROM pass_use WHERE pass = ?1 AND reversed IS NULL AND at <= ?2),
    (SELECT min(at) FROM pass_use WHERE pass = ?1 AND reversed IS NULL AND at > ?2)
