-- What happened to a client, the latest first: when, rank, id, line, until when, pass, service, a word, unit, amount, group. All of it
-- is found by the client; the ranks are those of `HistoryKind`.
SELECT at, rank, id, line, until, pass, service, word, unit, amount, grp FROM (
    SELECT visit.entered AS at, CAST(1 AS BIGINT) AS rank, visit.visit AS id, CAST(0 AS BIGINT) AS line, visit.exited AS until,
        visit.pass AS pass, visit.service AS service, CAST(NULL AS TEXT) AS word, CAST(NULL AS TEXT) AS unit,
        CAST(NULL AS BIGINT) AS amount, CAST(NULL AS BIGINT) AS grp
    FROM visit WHERE visit.client = ?1
    UNION ALL
    SELECT pass_use.at, 2, pass_use.pass_use, 0, NULL, pass_use.pass, pass_use.service, NULL, NULL, pass_use.quantity - pass_use.back,
        pass_use.grp
    FROM pass_use WHERE pass_use.client = ?1 AND pass_use.visit IS NULL AND pass_use.booking IS NULL
    UNION ALL
    SELECT pass_event.at, 3, pass.pass, pass_event.line, NULL, pass.pass, NULL, pass_event.act, NULL, NULL, NULL
    FROM pass JOIN pass_event ON pass_event.pass = pass.pass WHERE pass.client = ?1
    UNION ALL
    SELECT transfer.at, 4, transfer.transfer, 0, NULL, transfer.pass, NULL, transfer.reason, transfer.unit, transfer.amount, transfer.grp
    FROM transfer
    WHERE transfer.client = ?1 AND transfer.reason <> 'use' AND transfer.reason <> 'recognition' AND transfer.reason <> 'time_recognition'
        AND transfer.reason <> 'grant'
    UNION ALL
    SELECT booking.made, 5, booking.booking, 0, booking.starts, booking.pass, booking.service, booking.state, NULL, NULL, booking.grp
    FROM booking WHERE booking.client = ?1
    UNION ALL
    SELECT card.issued, 6, card.card, 0, NULL, NULL, NULL, card.state, NULL, NULL, NULL
    FROM card WHERE card.client = ?1 AND card.state <> 'returned'
    UNION ALL
    SELECT card_returned.issued, 6, card_returned.card, 0, card_returned.returned, NULL, NULL, 'returned', NULL, NULL, NULL
    FROM card_returned WHERE card_returned.client = ?1
    UNION ALL
    SELECT hold.placed, 7, hold.hold, 0, hold.expires, NULL, NULL, hold.state, NULL, NULL, hold.grp FROM hold WHERE hold.client = ?1
) AS happened
WHERE (at, rank, id, line) < (?2, ?3, ?4, ?5)
ORDER BY at DESC, rank DESC, id DESC, line DESC LIMIT ?6
