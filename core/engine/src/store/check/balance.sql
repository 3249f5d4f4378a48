SELECT account, expected, found FROM (
    SELECT account.account,
        CAST(COALESCE((SELECT sum(amount) FROM transfer WHERE credit = account.account), 0)
            - COALESCE((SELECT sum(amount) FROM transfer WHERE debit = account.account), 0) AS BIGINT) AS expected,
        CAST(COALESCE((SELECT sum(rest) FROM lot WHERE lot.account = account.account), 0) - account.debt AS BIGINT) AS found
    FROM account) AS compared
WHERE expected <> found
