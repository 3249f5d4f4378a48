SELECT journal.position, journal.op, journal.at, journal.venue, journal.operator, journal.digest, journal.hash,
    journal_payload.salt, journal_payload.payload
FROM journal LEFT JOIN journal_payload ON journal_payload.entry = journal.entry
WHERE journal.position > ?1 ORDER BY journal.position LIMIT ?2
