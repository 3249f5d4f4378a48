SELECT CAST(pg_notify('carnet_changes', CAST(CAST(?1 AS BIGINT) AS TEXT)) AS TEXT)
