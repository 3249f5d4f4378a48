SELECT pass.plan, count(*) FROM pass
WHERE pass.venue = ?1 AND pass.currency = ?2 AND pass.status = 'open' AND pass.kind <> 'time'
    AND EXISTS (SELECT 1 FROM lot WHERE lot.account = pass.account AND lot.value > lot.recognised + lot.released)
GROUP BY pass.plan ORDER BY pass.plan
