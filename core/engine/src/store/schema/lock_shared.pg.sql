SELECT CAST(pg_advisory_xact_lock_shared(?1) AS TEXT)
