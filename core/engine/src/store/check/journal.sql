SELECT max(position), count(*) AS expected, max(position) AS found FROM journal HAVING expected <> found
