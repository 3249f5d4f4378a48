SELECT client FROM search_name WHERE word = ?1 ORDER BY other, client LIMIT ?2
