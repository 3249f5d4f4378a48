SELECT document, system, station, shift, business_date, number, line, op, at, venue, operator, groups
FROM document
WHERE system = ?1 AND business_date = ?2 AND document > ?4 AND (station = ?3 OR ?3 = '')
ORDER BY document LIMIT ?5
