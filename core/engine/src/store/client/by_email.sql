SELECT client FROM client WHERE email_key = ?1
UNION SELECT client FROM client_contact WHERE kind = 'email' AND key = ?1
ORDER BY client LIMIT ?2
