SELECT last, counted, last FROM (SELECT max(position) AS last, count(position) AS counted FROM journal) AS compared
WHERE counted <> last
