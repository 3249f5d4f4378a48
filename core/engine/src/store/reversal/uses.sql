SELECT pass_use, pass, client, venue, service, at, made, visit, booking, grp, amount, quantity, back, reversed FROM pass_use WHERE grp = ?1 ORDER BY pass_use
