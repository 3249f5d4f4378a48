SELECT visit.visit, 1, 0 FROM visit
WHERE visit.exited IS NULL
    AND NOT EXISTS (SELECT 1 FROM presence WHERE presence.client = visit.client AND presence.zone = visit.zone
        AND presence.visit = visit.visit)
UNION ALL
SELECT presence.visit, 0, 1 FROM presence
WHERE NOT EXISTS (SELECT 1 FROM visit WHERE visit.visit = presence.visit AND visit.exited IS NULL)
