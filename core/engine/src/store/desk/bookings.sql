SELECT booking.state, count(*), CAST(sum(CASE WHEN pass_use.pass_use IS NULL AND (booking.pass IS NULL OR booking.pass_use IS NOT NULL)
    THEN 1 ELSE 0 END) AS BIGINT)
FROM booking LEFT JOIN pass_use ON pass_use.pass_use = booking.pass_use AND pass_use.reversed IS NULL
WHERE booking.venue = ?1 AND booking.starts >= ?2 AND booking.starts < ?3
GROUP BY booking.state ORDER BY booking.state
