SELECT (SELECT count(*) FROM pass
        WHERE pass.venue = ?1 AND pass.starts IS NULL AND pass.latest_start IS NOT NULL AND pass.latest_start <= ?2 AND pass.status = 'open'),
    (SELECT count(*) FROM lot JOIN account ON account.account = lot.account
        WHERE lot.is_open = 1 AND lot.expires <= ?2 AND (lot.held = 0 OR lot.held_until <= ?2) AND lot.rest > 0 AND account.venue = ?1)
