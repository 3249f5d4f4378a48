SELECT document, system, station, shift, business_date, number, line, op, at, venue, operator, groups
FROM document
WHERE system = ?1 AND number = ?2 AND document > ?5 AND (station = ?3 OR ?3 = '') AND (business_date = ?4 OR ?4 = '')
ORDER BY document LIMIT ?6
