INSERT INTO message (message, client, venue, channel, template, language, parameters, at, state, done, failure)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)
ON CONFLICT (message) DO UPDATE SET state = excluded.state, done = excluded.done, failure = excluded.failure
