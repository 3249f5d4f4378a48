SELECT lot, expected, found FROM (
    SELECT lot, CASE WHEN rest > 0 THEN 1 ELSE 0 END AS expected, is_open AS found FROM lot) AS compared
WHERE expected <> found
