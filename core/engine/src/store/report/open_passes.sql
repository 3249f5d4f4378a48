SELECT pass.plan, count(*) FROM pass
WHERE pass.venue = ?1 AND pass.currency = ?2 AND pass.status = 'open' AND pass.value > 0
    AND (pass.kind = 'time' AND pass.live_until > ?3
        OR EXISTS (SELECT 1 FROM lot WHERE lot.account = pass.account AND lot.is_open = 1))
GROUP BY pass.plan ORDER BY pass.plan
