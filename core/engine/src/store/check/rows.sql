SELECT (SELECT count(*) FROM client) + (SELECT count(*) FROM pass) + (SELECT count(*) FROM lot) + (SELECT count(*) FROM transfer)
    + (SELECT count(*) FROM visit) + (SELECT count(*) FROM journal) + (SELECT count(*) FROM pass_use) + (SELECT count(*) FROM hold_part)
    + (SELECT count(*) FROM booking) + (SELECT count(*) FROM conflict)
