SELECT operator, version, name FROM operator ORDER BY operator
