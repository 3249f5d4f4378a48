SELECT own.name, own.kind, own.value, own.visit, own.entered FROM visit_parameter AS own
WHERE own.client = ?1 AND (own.service = ?2 OR ?2 = 0)
    AND NOT EXISTS (SELECT 1 FROM visit_parameter AS later
        WHERE later.client = own.client AND later.name = own.name AND (later.service = ?2 OR ?2 = 0)
            AND (later.entered, later.visit) > (own.entered, own.visit))
ORDER BY own.name LIMIT 200
