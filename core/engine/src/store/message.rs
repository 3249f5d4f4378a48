//! Messages that wait, and the invitations that some of them carry.

use super::value::{Connection, Query, Row, json, opt, query};
use carnet_domain::message::{Activation, Message, MessageChannel, MessageState, TokenRefusal};
use carnet_domain::{AttemptId, ClientId, Instant, MessageId, PassId, Result, VenueId};

pub(crate) fn put(message: &Message) -> Result<Query> {
    Ok(query!(
        "message/put.sql",
        message.message,
        message.client,
        opt(message.venue),
        message.channel.as_str(),
        &message.template,
        message.language.as_str(),
        json(&message.parameters)?,
        message.at,
        message.state.as_str(),
        opt(message.done),
        opt(message.failure.as_ref()),
    ))
}

fn read(mut row: Row) -> Result<Message> {
    Ok(Message {
        message: row.id()?,
        client: row.id()?,
        venue: row.opt_id()?,
        channel: row.word(MessageChannel::from_text)?,
        template: row.text()?,
        language: row.parsed()?,
        parameters: row.json()?,
        at: row.instant()?,
        state: row.word(MessageState::from_text)?,
        done: row.opt_instant()?,
        failure: row.opt_text()?,
    })
}

pub(crate) fn get(connection: &mut dyn Connection, message: MessageId) -> Result<Option<Message>> {
    connection.first(query!("message/get.sql", message))?.map(read).transpose()
}

/// What waits, oldest first.
pub(crate) fn queued(
    connection: &mut dyn Connection,
    channel: Option<MessageChannel>,
    after: MessageId,
    limit: i64,
) -> Result<Vec<Message>> {
    let query = match channel {
        Some(channel) => query!("message/queued_by.sql", channel.as_str(), after, limit),
        None => query!("message/queued.sql", after, limit),
    };
    connection.rows(query)?.into_iter().map(read).collect()
}

pub(crate) fn put_activation(activation: &Activation) -> Query {
    query!(
        "message/activation_put.sql",
        activation.message,
        activation.client,
        &activation.digest,
        activation.expires,
    )
}

/// The invitation whose token has this digest.
pub(crate) fn activation(connection: &mut dyn Connection, digest: &str) -> Result<Option<Activation>> {
    let Some(mut row) = connection.first(query!("message/activation_get.sql", digest))? else {
        return Ok(None);
    };
    Ok(Some(Activation {
        message: row.id()?,
        client: row.id()?,
        digest: row.text()?,
        expires: row.instant()?,
    }))
}

pub(crate) fn use_activation(message: MessageId, at: Instant) -> Query {
    query!("message/activation_use.sql", message, at)
}

/// When a client took an invitation up.
pub(crate) fn activated(connection: &mut dyn Connection, client: ClientId) -> Result<Option<Instant>> {
    connection.first(query!("message/activated.sql", client))?.map(|mut row| row.instant()).transpose()
}

pub(crate) fn put_reminder(pass: PassId, ends: Instant, message: MessageId) -> Query {
    query!("message/reminder_put.sql", pass, ends, message)
}

pub(crate) fn put_attempt(
    attempt: AttemptId,
    at: Instant,
    venue: Option<VenueId>,
    client: Option<ClientId>,
    reason: TokenRefusal,
) -> Query {
    query!("message/attempt_put.sql", attempt, at, opt(venue), opt(client), reason.as_str())
}
