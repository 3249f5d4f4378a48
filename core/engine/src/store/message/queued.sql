SELECT message, client, venue, channel, template, language, parameters, at, state, done, failure FROM message
WHERE state = 'queued' AND message > ?1 ORDER BY message LIMIT ?2
