//! The outbox: what the host is to send, and invitations to an online account.

use super::comment::cut;
use crate::changes::Change;
use crate::entropy;
use crate::input;
use crate::journal;
use crate::store;
use crate::work::Work;
use carnet_domain::client::Client;
use carnet_domain::message::{
    Activation, Message, MessageChannel, MessageParameter, MessageState, Skipped, TokenRefusal, channel_for,
    refuses,
};
use carnet_domain::profile::Language;
use carnet_domain::{AttemptId, ClientId, Error, Instant, MessageId, Reason, Result, record, request, words};
use sha2::{Digest, Sha256};

/// How long an invitation is good for where nothing else is said, minutes: 7 days.
const INVITATION: i32 = 7 * 24 * 60;
const TEMPLATE: &str = "activation";

request! {
    /// Invites a client to an online account: a message with a token is put into the outbox.
    pub struct ClientInvite {
        /// The client.
        pub client: ClientId,
        /// By what. E-mail if that can be, else SMS, if left out.
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub channel: Option<MessageChannel>,
        /// For how long the token is good, minutes, 5 to 43200. 7 days if left out.
        #[schemars(range(min = 5, max = 43200))]
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub minutes: Option<i32>,
    }

    /// Takes an invitation up. A token that does nothing is an attempt that is refused.
    pub struct ClientActivate {
        /// The token of the message, 1 to 128 characters.
        #[schemars(length(min = 1, max = 128))]
        pub token: String,
    }

    /// Lists what waits in the outbox, oldest first, with addresses and tokens: for who sends it.
    pub struct MessageList {
        /// Only those that go by this.
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub channel: Option<MessageChannel>,
        /// The last message of the page before.
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub after: Option<MessageId>,
        /// How many at most, 1 to 1000. 50 if left out.
        #[schemars(range(min = 1, max = 1000))]
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub limit: Option<i32>,
    }

    /// Writes down that a message was sent, or could not be.
    pub struct MessageDone {
        /// The message.
        pub message: MessageId,
        /// Why it could not be sent, 1 to 200 characters. It was sent if left out.
        #[schemars(length(min = 1, max = 200))]
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub failure: Option<String>,
    }
}

words! {
    /// What came of a token.
    pub enum ActivationOutcome {
        /// The account is active.
        Activated "activated",
        /// Nothing was done but to note the attempt.
        Refused "refused",
    }
}

record! {
    /// A client was invited, or not.
    pub struct Invited {
        /// The message; none where there is nothing to send it by.
        pub message: Option<MessageId>,
        /// By what it goes.
        pub channel: Option<MessageChannel>,
        /// From when on its token is worth nothing.
        pub expires: Option<Instant>,
        /// Why there is no message.
        pub skipped: Option<Skipped>,
    }

    /// What came of a token.
    pub struct Activated {
        /// What came of it.
        pub outcome: ActivationOutcome,
        /// Whose it is, where it did something.
        pub client: Option<ClientId>,
        /// Why it did nothing.
        pub reason: Option<TokenRefusal>,
    }

    /// A message that waits, and where it goes.
    pub struct Outgoing {
        /// The message.
        pub message: Message,
        /// The address or number now; none if it was taken away since.
        pub to: Option<String>,
    }

    /// What waits in the outbox.
    pub struct Outbox {
        /// Oldest first.
        pub messages: Vec<Outgoing>,
        /// True where there are more.
        pub more: bool,
    }

    /// What became of a message.
    pub struct MessageMarked {
        /// The message.
        pub message: MessageId,
        /// What became of it.
        pub state: MessageState,
    }
}

/// The language of a message: the client's, else the venue's, else English.
pub(super) fn language(work: &Work<'_>, client: &Client) -> Language {
    let of_venue = || work.venue().ok().and_then(|venue| venue.language.clone());
    client.language.clone().or_else(of_venue).unwrap_or_else(Language::english)
}

/// The token of an invitation. It is computed from the secret of the store whenever it is needed and kept nowhere.
fn token(work: &mut Work<'_>, message: MessageId) -> Result<String> {
    let (_, secret) = store::config::identity(work.db())?.ok_or(Reason::Corrupt)?;
    entropy::token(&secret, TEMPLATE, message.0)
}

fn digest(token: &str) -> String {
    journal::hex(&Sha256::digest(token.as_bytes()))
}

pub(crate) fn invite(work: &mut Work<'_>, request: ClientInvite) -> Result<Invited> {
    let minutes = input::range(request.minutes.unwrap_or(INVITATION), "minutes", 5, 43_200)?;
    let client = super::client::active(work, request.client)?;
    if store::message::activated(work.db(), client.client)?.is_some() {
        return Err(Error::field(Reason::AlreadyDone, "client"));
    }
    let channel = match channel_for(&client, request.channel) {
        Ok(channel) => channel,
        Err(skipped) => {
            return Ok(Invited { message: None, channel: None, expires: None, skipped: Some(skipped) });
        }
    };
    let expires = work.at.plus_micros(i64::from(minutes).saturating_mul(60_000_000))?;
    let message = Message {
        message: work.id()?,
        client: client.client,
        venue: work.venue,
        channel,
        template: TEMPLATE.to_owned(),
        language: language(work, &client),
        parameters: vec![MessageParameter { name: "expires".to_owned(), value: expires.to_string() }],
        at: work.at,
        state: MessageState::Queued,
        done: None,
        failure: None,
    };
    let id = message.message;
    // In a dry run there is no message whose token could be known.
    let digest = digest(&token(work, id)?);
    work.add(Change::Message(message));
    work.add(Change::Invitation(Activation { message: id, client: client.client, digest, expires }));
    Ok(Invited { message: Some(id), channel: Some(channel), expires: Some(expires), skipped: None })
}

pub(crate) fn activate(work: &mut Work<'_>, request: ClientActivate) -> Result<Activated> {
    let given = input::text(&request.token, "token", 128)?;
    let found = store::message::activation(work.db(), &digest(&given))?;
    let (client, reason) = match &found {
        None => (None, Some(TokenRefusal::Unknown)),
        Some(activation) => {
            let used = store::message::activated(work.db(), activation.client)?.is_some();
            let client = store::client::get(work.db(), activation.client)?;
            let archived = client.is_none_or(|client| client.archived);
            (Some(activation.client), refuses(activation, used, archived, work.at))
        }
    };
    match (found, reason) {
        (Some(activation), None) => {
            work.add(Change::Activated {
                message: activation.message,
                client: activation.client,
                at: work.at,
            });
            Ok(Activated {
                outcome: ActivationOutcome::Activated,
                client: Some(activation.client),
                reason: None,
            })
        }
        (_, reason) => {
            let reason = reason.unwrap_or(TokenRefusal::Unknown);
            let attempt: AttemptId = work.id()?;
            let (at, venue) = (work.at, work.venue);
            work.add(Change::TokenRefused { attempt, at, venue, client, reason });
            Ok(Activated { outcome: ActivationOutcome::Refused, client: None, reason: Some(reason) })
        }
    }
}

pub(crate) fn list(work: &mut Work<'_>, request: MessageList) -> Result<Outbox> {
    let limit = input::page(request.limit, 50)?;
    let after = request.after.map(|after| input::id(after, "after")).transpose()?.unwrap_or(MessageId(0));
    let found = store::message::queued(work.db(), request.channel, after, limit.saturating_add(1))?;
    let (found, more) = cut(found, limit);
    let mut messages = Vec::new();
    for mut message in found {
        let client = store::client::get(work.db(), message.client)?;
        let to = client.and_then(|client| match message.channel {
            MessageChannel::Email => client.email.map(|email| email.as_str().to_owned()),
            MessageChannel::Sms => client.phone.map(|phone| phone.as_str().to_owned()),
        });
        if message.template == TEMPLATE {
            let token = token(work, message.message)?;
            // In a copy with another secret the token is another one, and worth nothing.
            if store::message::activation(work.db(), &digest(&token))?.is_some() {
                message.parameters.push(MessageParameter { name: "token".to_owned(), value: token });
            }
        }
        messages.push(Outgoing { message, to });
    }
    Ok(Outbox { messages, more })
}

pub(crate) fn done(work: &mut Work<'_>, request: MessageDone) -> Result<MessageMarked> {
    let failure = input::opt_text(request.failure.as_ref(), "failure", 200)?;
    let found = store::message::get(work.db(), input::id(request.message, "message")?)?;
    let mut message = found.ok_or_else(|| Error::field(Reason::MessageNotFound, "message"))?;
    if message.state != MessageState::Queued {
        return Err(Error::field(Reason::AlreadyDone, "message"));
    }
    message.state = if failure.is_some() { MessageState::Failed } else { MessageState::Sent };
    (message.done, message.failure) = (Some(work.at), failure);
    let marked = MessageMarked { message: message.message, state: message.state };
    work.add(Change::Message(message));
    Ok(marked)
}
