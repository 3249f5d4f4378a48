UPDATE gate SET visits = visits + 1, last_visit = CASE WHEN last_visit > ?2 THEN last_visit ELSE ?2 END, inside = inside + ?3
WHERE client = ?1
