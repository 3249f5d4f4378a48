SELECT message, client, venue, channel, template, language, parameters, at, state, done, failure FROM message WHERE message = ?1
