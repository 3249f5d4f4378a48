-- A hold is open exactly as long as something is held by it.
SELECT hold, expected, found FROM (
    SELECT hold.hold, CASE WHEN EXISTS (SELECT 1 FROM hold_part WHERE hold_part.hold = hold.hold AND hold_part.held > 0)
            THEN 1 ELSE 0 END AS expected,
        CASE WHEN hold.state = 'open' AND hold.ended IS NULL THEN 1 ELSE 0 END AS found
    FROM hold) AS compared
WHERE expected <> found
