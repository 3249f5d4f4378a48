DELETE FROM search_contact WHERE client = ?1
