INSERT INTO field (field, version, venue, name, kind, options, required, sensitive, archived)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
ON CONFLICT (field) DO UPDATE SET version = excluded.version, name = excluded.name, options = excluded.options,
    required = excluded.required, sensitive = excluded.sensitive, archived = excluded.archived
