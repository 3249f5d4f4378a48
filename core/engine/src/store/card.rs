//! Cards.

use super::value::{Connection, Query, Row, query};
use carnet_domain::Result;
use carnet_domain::client::{Card, CardKind, CardState};

pub(super) fn card(mut row: Row) -> Result<Card> {
    Ok(Card {
        uid: row.text()?,
        card: row.id()?,
        client: row.id()?,
        kind: row.word(CardKind::from_text)?,
        state: row.word(CardState::from_text)?,
        issued: row.instant()?,
    })
}

/// Asks for the card with this normalised uid.
pub(crate) fn get_query(uid: &str) -> Query {
    query!("card/get.sql", uid)
}

/// The card with this normalised uid.
pub(crate) fn get(connection: &mut dyn Connection, uid: &str) -> Result<Option<Card>> {
    connection.first(get_query(uid))?.map(card).transpose()
}

/// Stores a card.
pub(crate) fn put(card: &Card) -> Query {
    query!(
        "card/put.sql",
        &card.uid,
        card.card,
        card.client,
        card.kind.as_str(),
        card.state.as_str(),
        card.issued
    )
}
