SELECT source, count(*) FROM client WHERE archived = 0 AND created >= ?1 AND created < ?2 GROUP BY source
