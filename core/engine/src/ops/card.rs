//! Cards.

use crate::changes::Change;
use crate::input;
use crate::store;
use crate::work::Work;
use carnet_domain::client::{Card, CardKind, CardState};
use carnet_domain::{CardId, ClientId, Error, Reason, Result, record, request};

request! {
    /// Issues a card to a client.
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
}

record! {
    /// A card was issued.
    pub struct CardAdded {
        /// Its id.
        pub card: CardId,
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
    let client = super::client::active(work, request.client)?;
    if let Some(card) = store::card::get(work.db(), &uid)? {
        let reason = if card.client == client.client { Reason::AlreadyExists } else { Reason::CardTaken };
        return Err(Error::field(reason, "uid"));
    }
    let card = Card {
        card: work.id()?,
        uid,
        client: client.client,
        kind: request.kind.unwrap_or(CardKind::Rfid),
        state: CardState::Active,
        issued: work.at,
    };
    let added = CardAdded { card: card.card };
    work.add(Change::Card(card));
    Ok(added)
}

pub(crate) fn find(work: &mut Work<'_>, request: CardFind) -> Result<CardFound> {
    let uid = uid(&request.uid, "uid")?;
    let card = store::card::get(work.db(), &uid)?.ok_or_else(|| Error::field(Reason::CardNotFound, "uid"))?;
    Ok(CardFound { card })
}
