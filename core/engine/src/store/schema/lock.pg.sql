SELECT CAST(pg_advisory_xact_lock(CAST(?1 AS INT), COALESCE(hashtext(current_schema()), 0)) AS TEXT)
