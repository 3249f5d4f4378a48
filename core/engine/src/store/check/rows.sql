SELECT (SELECT count(*) FROM client) + (SELECT count(*) FROM pass) + (SELECT count(*) FROM lot) + (SELECT count(*) FROM transfer)
    + (SELECT count(*) FROM visit) + (SELECT count(*) FROM journal)
