SELECT operator, version, name, rights FROM operator ORDER BY operator
