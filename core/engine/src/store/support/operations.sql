SELECT op, count(*), min(at), max(at) FROM journal GROUP BY op ORDER BY op
