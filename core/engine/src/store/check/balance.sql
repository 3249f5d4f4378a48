SELECT account.account,
    COALESCE((SELECT sum(amount) FROM transfer WHERE credit = account.account), 0)
        - COALESCE((SELECT sum(amount) FROM transfer WHERE debit = account.account), 0) AS expected,
    COALESCE((SELECT sum(rest) FROM lot WHERE lot.account = account.account), 0) AS found
FROM account WHERE expected <> found
