SELECT COALESCE(CAST(current_schema() AS TEXT), '')
