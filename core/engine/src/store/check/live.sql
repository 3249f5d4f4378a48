SELECT pass, expected, found FROM (
    SELECT pass, CASE WHEN starts IS NULL THEN 253370764800000000 ELSE COALESCE(ends, 253370764800000000) END AS expected,
        live_until AS found
    FROM pass) AS compared
WHERE expected <> found
