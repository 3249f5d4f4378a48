SELECT conflict, at FROM conflict WHERE client = ?1 AND settled IS NULL ORDER BY conflict LIMIT ?2
