SELECT venue, expected, found FROM (
    SELECT venue.venue,
        CAST(COALESCE((SELECT sum(CASE WHEN credit_counter = 'deferred_revenue' THEN amount ELSE -amount END) FROM transfer
            WHERE transfer.venue = venue.venue AND (credit_counter = 'deferred_revenue' OR debit_counter = 'deferred_revenue')
                AND transfer.plan IN (SELECT plan FROM pass WHERE kind <> 'time')), 0) AS BIGINT) AS expected,
        CAST(COALESCE((SELECT sum(lot.value - lot.recognised - lot.released) FROM lot
            JOIN account ON account.account = lot.account
            WHERE account.venue = venue.venue AND account.pass IS NOT NULL), 0) AS BIGINT) AS found
    FROM venue) AS compared
WHERE expected <> found
