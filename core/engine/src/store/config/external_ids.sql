SELECT kind, entity, system, value FROM external_id
WHERE kind IN ('venue', 'operator', 'category', 'service', 'plan') ORDER BY kind, entity, system, value
