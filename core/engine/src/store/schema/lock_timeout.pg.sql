SELECT set_config('lock_timeout', CAST(CAST(?1 AS BIGINT) AS TEXT), true)
