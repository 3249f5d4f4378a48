//! Cards.

use super::value::{Connection, Query, Row, opt, query};
use carnet_domain::Result;
use carnet_domain::card::CardBlockReason;
use carnet_domain::client::{Card, CardKind, CardState};

pub(super) fn card(mut row: Row) -> Result<Card> {
    Ok(Card {
        uid: row.text()?,
        card: row.id()?,
        client: row.id()?,
        kind: row.word(CardKind::from_text)?,
        state: row.word(CardState::from_text)?,
        issued: row.instant()?,
        blocked: row.opt_instant()?,
        blocked_by: row.opt_id()?,
        block_reason: row.opt_word(CardBlockReason::from_text)?,
        block_note: row.opt_text()?,
        returned: row.opt_instant()?,
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

/// Stores a card. One that was given back leaves a row that stays when it is issued to somebody else.
pub(crate) fn put(card: &Card, queries: &mut Vec<Query>) {
    queries.push(query!(
        "card/put.sql",
        &card.uid,
        card.card,
        card.client,
        card.kind.as_str(),
        card.state.as_str(),
        card.issued,
        opt(card.blocked),
        opt(card.blocked_by),
        opt(card.block_reason.map(|reason| reason.as_str())),
        opt(card.block_note.as_ref()),
        opt(card.returned),
    ));
    if let Some(returned) = card.returned {
        queries.push(query!("card/put_returned.sql", card.card, card.client, card.issued, returned));
    }
}
