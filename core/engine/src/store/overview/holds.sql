SELECT hold, state, expires FROM hold WHERE client = ?1 AND state = 'open' AND expires > ?2 ORDER BY hold LIMIT ?3
