SELECT to_regclass('schema_version') IS NOT NULL FROM pg_namespace LIMIT 1
