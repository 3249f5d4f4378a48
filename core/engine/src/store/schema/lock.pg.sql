SELECT CAST(pg_advisory_xact_lock(?1) AS TEXT)
