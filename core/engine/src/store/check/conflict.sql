SELECT conflict.conflict, COALESCE(conflict.visit, 0), 0 FROM conflict LEFT JOIN visit ON visit.visit = conflict.visit
WHERE conflict.visit IS NOT NULL AND (visit.visit IS NULL OR visit.client <> conflict.client OR visit.pass IS NOT NULL)
