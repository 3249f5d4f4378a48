DELETE FROM client_contact WHERE client = ?1
