SELECT CAST(pg_notify('carnet_changes', COALESCE(current_schema(), '')) AS TEXT)
