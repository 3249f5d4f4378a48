SELECT venue, 0, owed FROM (
    SELECT venue.venue,
        CAST(COALESCE((SELECT sum(CASE WHEN credit_counter = 'deferred_revenue' THEN amount ELSE -amount END) FROM transfer
            WHERE transfer.venue = venue.venue AND (credit_counter = 'deferred_revenue' OR debit_counter = 'deferred_revenue')
                AND transfer.plan IN (SELECT plan FROM pass WHERE kind = 'time')), 0) AS BIGINT) AS owed
    FROM venue) AS compared
WHERE owed < 0
