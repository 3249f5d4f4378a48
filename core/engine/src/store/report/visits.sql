SELECT entered, client FROM visit WHERE venue = ?1 AND entered >= ?2 AND entered < ?3 ORDER BY entered
