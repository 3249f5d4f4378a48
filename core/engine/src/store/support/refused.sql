SELECT reason, count(*), max(at) FROM attempt GROUP BY reason ORDER BY reason
