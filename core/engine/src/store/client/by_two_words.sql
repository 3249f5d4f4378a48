SELECT DISTINCT a.client FROM client_word AS a
WHERE a.word >= ?1 AND a.word < ?2
    AND EXISTS (SELECT 1 FROM client_word AS b WHERE b.client = a.client AND b.word >= ?3 AND b.word < ?4)
ORDER BY a.client LIMIT ?5
