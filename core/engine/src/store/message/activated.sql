SELECT used FROM activation WHERE client = ?1 AND used IS NOT NULL ORDER BY used LIMIT 1
