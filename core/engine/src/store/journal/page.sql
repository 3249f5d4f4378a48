SELECT journal.position, journal.op, journal.at, journal.venue, journal.operator, journal.digest, journal.hash,
    journal_payload.salt, journal_payload.payload
FROM journal LEFT JOIN journal_payload ON journal_payload.position = journal.position
WHERE journal.position > ?1 ORDER BY journal.position LIMIT ?2
