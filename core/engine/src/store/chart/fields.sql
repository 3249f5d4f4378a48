SELECT field, version, venue, name, kind, options, required, sensitive, archived FROM field WHERE venue = ?1 ORDER BY field
