UPDATE gate SET visits = visits + 1,
    last_visit = CASE WHEN last_visit IS NULL OR last_visit < ?2 THEN ?2 ELSE last_visit END
WHERE client = ?1
