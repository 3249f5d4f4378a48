//! Cards.

use crate::changes::Change;
use crate::input;
use crate::store;
use crate::work::Work;
use carnet_domain::card::{Blocking, CardBlockReason};
use carnet_domain::client::{Card, CardKind, CardState};
use carnet_domain::{CardId, ClientId, Error, Reason, Result, record, request};

request! {
    /// Issues a card to a client. One that was given back can be issued again, to anybody.
    pub struct CardAdd {
        /// The client it identifies.
        pub client: ClientId,
        /// What the reader sends, 1 to 128 characters; spaces at the ends and letter case do not matter.
        #[schemars(length(min = 1, max = 128))]
        pub uid: String,
        /// How it is read. `rfid` if left out.
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub kind: Option<CardKind>,
    }

    /// Finds a card by what the reader sends.
    pub struct CardFind {
        /// What the reader sends.
        #[schemars(length(min = 1, max = 128))]
        pub uid: String,
    }

    /// Blocks a card: it opens nothing until it is free again.
    pub struct CardBlock {
        /// What the reader sends, as `client.overview` shows it of a card that is not there.
        #[schemars(length(min = 1, max = 128))]
        pub uid: String,
        /// Why.
        pub reason: CardBlockReason,
        /// What the desk has to say about it, 1 to 200 characters.
        #[schemars(length(min = 1, max = 200))]
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub note: Option<String>,
    }

    /// Frees a card that is blocked.
    pub struct CardUnblock {
        /// What the reader sends.
        #[schemars(length(min = 1, max = 128))]
        pub uid: String,
    }

    /// Takes a card back: it opens nothing, and can be issued again to anybody.
    pub struct CardReturn {
        /// What the reader sends.
        #[schemars(length(min = 1, max = 128))]
        pub uid: String,
    }

    /// Blocks a card and issues another one to its client.
    pub struct CardReplace {
        /// What the reader sends of the card that is blocked; one that is blocked already stays so.
        #[schemars(length(min = 1, max = 128))]
        pub uid: String,
        /// What the reader sends of the new one.
        #[schemars(length(min = 1, max = 128))]
        pub with: String,
        /// Why.
        pub reason: CardBlockReason,
        /// What the desk has to say about it, 1 to 200 characters.
        #[schemars(length(min = 1, max = 200))]
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub note: Option<String>,
        /// How the new one is read. As the other if left out.
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub kind: Option<CardKind>,
    }
}

record! {
    /// A card was issued.
    pub struct CardAdded {
        /// Its id.
        pub card: CardId,
    }

    /// A card was blocked, freed or given back.
    pub struct CardDone {
        /// Its id.
        pub card: CardId,
        /// Its client.
        pub client: ClientId,
        /// What it is now.
        pub state: CardState,
    }

    /// The card found.
    pub struct CardFound {
        /// The card and its client.
        pub card: Card,
    }
}

/// What a reader sends, in the form that is compared: no blanks at the ends, upper case.
pub(crate) fn uid(value: &str, field: &str) -> Result<String> {
    let mut uid = input::text(value, field, 128)?;
    if uid.is_ascii() {
        uid.make_ascii_uppercase();
        return Ok(uid);
    }
    Ok(uid.to_uppercase())
}

pub(crate) fn add(work: &mut Work<'_>, request: CardAdd) -> Result<CardAdded> {
    let uid = uid(&request.uid, "uid")?;
    let client = super::client::active(work, request.client)?.client;
    let kind = request.kind.unwrap_or(CardKind::Rfid);
    Ok(CardAdded { card: issue(work, uid, "uid", client, kind)? })
}

fn issue(work: &mut Work<'_>, uid: String, field: &str, client: ClientId, kind: CardKind) -> Result<CardId> {
    let found = store::card::get(work.db(), &uid)?;
    found.as_ref().map_or(Ok(()), |found| found.can_go_to(client)).map_err(|error| error.or_field(field))?;
    let (card, at) = (work.id()?, work.at);
    let issued = match found {
        Some(found) => found.issue_again(card, client, kind, at)?,
        None => Card {
            card,
            uid,
            client,
            kind,
            state: CardState::Active,
            issued: at,
            blocked: None,
            blocked_by: None,
            block_reason: None,
            block_note: None,
            returned: None,
        },
    };
    work.add(Change::Card(issued));
    Ok(card)
}

/// The card with this uid.
fn existing(work: &mut Work<'_>, given: &str) -> Result<Card> {
    let uid = uid(given, "uid")?;
    store::card::get(work.db(), &uid)?.ok_or_else(|| Error::field(Reason::CardNotFound, "uid"))
}

/// Writes a card down as it is now.
fn store(work: &mut Work<'_>, card: Result<Card>) -> Result<CardDone> {
    let card = card.map_err(|error| error.or_field("uid"))?;
    let done = CardDone { card: card.card, client: card.client, state: card.state };
    work.add(Change::Card(card));
    Ok(done)
}

fn blocking(work: &Work<'_>, reason: CardBlockReason, note: Option<&String>) -> Result<Blocking> {
    let note = input::opt_text(note, "note", 200)?;
    Ok(Blocking { reason, note, at: work.at, by: work.call.by })
}

pub(crate) fn block(work: &mut Work<'_>, request: CardBlock) -> Result<CardDone> {
    let block = blocking(work, request.reason, request.note.as_ref())?;
    let card = existing(work, &request.uid)?;
    store(work, card.block(block))
}

pub(crate) fn unblock(work: &mut Work<'_>, request: CardUnblock) -> Result<CardDone> {
    let card = existing(work, &request.uid)?;
    store(work, card.unblock())
}

pub(crate) fn give_back(work: &mut Work<'_>, request: CardReturn) -> Result<CardDone> {
    let card = existing(work, &request.uid)?;
    let at = work.at;
    store(work, card.give_back(at))
}

pub(crate) fn replace(work: &mut Work<'_>, request: CardReplace) -> Result<CardAdded> {
    let block = blocking(work, request.reason, request.note.as_ref())?;
    let with = uid(&request.with, "with")?;
    let old = existing(work, &request.uid)?;
    let client =
        super::client::active(work, old.client).map_err(|error| Error::field(error.reason(), "uid"))?.client;
    let kind = request.kind.unwrap_or(old.kind);
    let is_new = old.uid != with;
    match old.block(block) {
        Err(error) if error.reason() == Reason::AlreadyDone => {}
        card => {
            store(work, card)?;
        }
    }
    if !is_new {
        return Err(Error::field(Reason::AlreadyExists, "with"));
    }
    Ok(CardAdded { card: issue(work, with, "with", client, kind)? })
}

pub(crate) fn find(work: &mut Work<'_>, request: CardFind) -> Result<CardFound> {
    Ok(CardFound { card: existing(work, &request.uid)? })
}
