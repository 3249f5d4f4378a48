-- With the use that paid: by the account and the time of the visit it is found at once.
SELECT visit.visit, visit.client, visit.venue, visit.zone, visit.service, visit.entered, visit.exited, visit.pass, used.grp, used.lots,
    CASE WHEN EXISTS (SELECT 1 FROM transfer AS back WHERE back.reverses = used.transfer) THEN 1 ELSE 0 END
FROM visit LEFT JOIN pass ON pass.pass = visit.pass
LEFT JOIN transfer AS used ON used.debit = pass.account AND used.at = visit.entered AND used.visit = visit.visit AND used.reason = 'use'
WHERE visit.client = ?1 AND (visit.entered, visit.visit) < (?2, ?3) AND visit.entered >= ?4
ORDER BY visit.entered DESC, visit.visit DESC LIMIT ?5
