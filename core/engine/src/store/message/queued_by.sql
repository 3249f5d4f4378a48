SELECT message, client, venue, channel, template, language, parameters, at, state, done, failure FROM message
WHERE state = 'queued' AND channel = ?1 AND message > ?2 ORDER BY message LIMIT ?3
