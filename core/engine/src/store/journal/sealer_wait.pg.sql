SELECT true FROM (SELECT pg_advisory_xact_lock(?1)) AS held
