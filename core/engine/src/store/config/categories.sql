SELECT category, version, name FROM category ORDER BY category
