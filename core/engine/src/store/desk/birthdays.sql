SELECT client, first_name, last_name, birth_date FROM client
WHERE substr(birth_date, 6) IN (?1, ?2) AND archived = 0 ORDER BY client LIMIT ?3
