SELECT client FROM client WHERE phone = ?1
UNION SELECT client FROM client_contact WHERE kind = 'phone' AND key = ?1
ORDER BY client LIMIT ?2
