DELETE FROM search_name WHERE word IN (SELECT word FROM client_word WHERE client = ?1)
    AND other IN (SELECT word FROM client_word WHERE client = ?1 UNION ALL SELECT '') AND client = ?1
