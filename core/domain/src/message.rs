//! What is to be sent to clients, by the host.

use crate::client::Client;
use crate::ids::{ClientId, MessageId, VenueId};
use crate::profile::Language;
use crate::time::Instant;

words! {
    /// By what a message goes.
    pub enum MessageChannel {
        /// By e-mail.
        Email "email",
        /// By SMS.
        Sms "sms",
    }
    /// What became of a message.
    pub enum MessageState {
        /// It waits for the host.
        Queued "queued",
        /// The host sent it.
        Sent "sent",
        /// The host could not send it.
        Failed "failed",
    }
    /// Why there is no message.
    pub enum Skipped {
        /// The client does not want messages by it.
        OptedOut "opted_out",
        /// No address or number is known.
        NoAddress "no_address",
    }
    /// Why a token does nothing.
    pub enum TokenRefusal {
        /// There is no such token.
        Unknown "unknown",
        /// It was used before, or another one of the client was.
        Used "used",
        /// Its time is over.
        Expired "expired",
        /// The client is archived.
        Archived "archived",
    }
}

record! {
    /// A part of a message that the template leaves open.
    pub struct MessageParameter {
        /// Its name in the template.
        pub name: String,
        /// What is put there.
        pub value: String,
    }

    /// A message.
    pub struct Message {
        /// The id.
        pub message: MessageId,
        /// To whom.
        pub client: ClientId,
        /// Of which venue.
        pub venue: Option<VenueId>,
        /// By what.
        pub channel: MessageChannel,
        /// Which text.
        pub template: String,
        /// In which language.
        pub language: Language,
        /// What is put into the text.
        pub parameters: Vec<MessageParameter>,
        /// When it was queued.
        pub at: Instant,
        /// What became of it.
        pub state: MessageState,
        /// When it was sent, or failed.
        pub done: Option<Instant>,
        /// Why it failed, in the words of the host.
        pub failure: Option<String>,
    }

    /// An invitation to an online account. Of its token only the digest is kept.
    pub struct Activation {
        /// The message that carries it.
        pub message: MessageId,
        /// Who is invited.
        pub client: ClientId,
        /// The SHA-256 of the token, 64 hexadecimal digits.
        pub digest: String,
        /// From when on it is worth nothing.
        pub expires: Instant,
    }
}

/// Whether a message can go by a channel, or why not.
///
/// # Errors
/// The reason, as a word: a client who wants no messages by it is asked first.
pub fn goes_by(client: &Client, channel: MessageChannel) -> Result<(), Skipped> {
    let (wanted, reached) = match channel {
        MessageChannel::Email => (client.notifications.email, client.email.is_some()),
        MessageChannel::Sms => (client.notifications.sms, client.phone.is_some()),
    };
    match (wanted, reached) {
        (false, _) => Err(Skipped::OptedOut),
        (true, false) => Err(Skipped::NoAddress),
        (true, true) => Ok(()),
    }
}

/// The channel for a message: the one that was asked for, else e-mail, else SMS.
///
/// # Errors
/// Why there is none; that the client wants none goes before that nothing is known.
pub fn channel_for(client: &Client, asked: Option<MessageChannel>) -> Result<MessageChannel, Skipped> {
    if let Some(channel) = asked {
        return goes_by(client, channel).map(|()| channel);
    }
    match (goes_by(client, MessageChannel::Email), goes_by(client, MessageChannel::Sms)) {
        (Ok(()), _) => Ok(MessageChannel::Email),
        (_, Ok(())) => Ok(MessageChannel::Sms),
        (Err(Skipped::OptedOut), _) | (_, Err(Skipped::OptedOut)) => Err(Skipped::OptedOut),
        _ => Err(Skipped::NoAddress),
    }
}

/// Why a token does nothing at an instant, if so.
#[must_use]
pub fn refuses(activation: &Activation, used: bool, archived: bool, at: Instant) -> Option<TokenRefusal> {
    if archived {
        Some(TokenRefusal::Archived)
    } else if used {
        Some(TokenRefusal::Used)
    } else if at >= activation.expires {
        Some(TokenRefusal::Expired)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn client(phone: Option<&str>, email: Option<&str>, by_email: bool, by_sms: bool) -> Client {
        let json = serde_json::json!({"client": 1, "version": 1, "kind": "person", "external_ids": [],
            "phone": phone, "email": email, "archived": false, "created": "2026-05-04T10:00:00Z",
            "notifications": {"email": by_email, "sms": by_sms, "push": true, "order_email": true}});
        serde_json::from_value(json).expect("a client")
    }

    #[test]
    fn a_message_goes_by_what_is_wanted_and_known() {
        use MessageChannel::{Email, Sms};
        use Skipped::{NoAddress, OptedOut};
        let (phone, email) = (Some("+40721234567"), Some("a@example.com"));
        for (who, asked, expected) in [
            (client(phone, email, true, true), None, Ok(Email)),
            (client(phone, email, true, true), Some(Sms), Ok(Sms)),
            (client(phone, email, false, true), None, Ok(Sms)),
            (client(phone, email, false, true), Some(Email), Err(OptedOut)),
            (client(phone, None, true, true), None, Ok(Sms)),
            (client(phone, None, true, false), None, Err(OptedOut)),
            (client(None, None, true, true), None, Err(NoAddress)),
            (client(None, email, true, true), Some(Sms), Err(NoAddress)),
            (client(None, None, false, true), Some(Email), Err(OptedOut)),
        ] {
            assert_eq!(channel_for(&who, asked), expected);
        }
    }

    #[test]
    fn a_token_is_worth_nothing_from_its_end_on() {
        let at = |text: &str| text.parse::<Instant>().expect("an instant");
        let activation = Activation {
            message: MessageId(1),
            client: ClientId(1),
            digest: String::new(),
            expires: at("2026-05-04T10:00:00Z"),
        };
        let refuses = |used, archived, time: &str| super::refuses(&activation, used, archived, at(time));
        assert_eq!(refuses(false, false, "2026-05-04T09:59:59.999999Z"), None);
        assert_eq!(refuses(false, false, "2026-05-04T10:00:00Z"), Some(TokenRefusal::Expired));
        assert_eq!(refuses(true, false, "2026-05-04T10:00:00Z"), Some(TokenRefusal::Used));
        assert_eq!(refuses(true, true, "2026-05-04T09:00:00Z"), Some(TokenRefusal::Archived));
    }
}
