INSERT INTO document (document, system, station, shift, business_date, number, line, op, at, venue, operator, groups)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)
