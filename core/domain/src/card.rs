//! What may be done with a card: it is blocked and freed again, given back, and issued to somebody else.

use crate::client::{Card, CardKind, CardState};
use crate::error::{Error, Reason, Result};
use crate::ids::{CardId, ClientId, OperatorId};
use crate::time::Instant;

words! {
    /// Why a card is blocked.
    pub enum CardBlockReason {
        /// The client lost it.
        Lost "lost",
        /// It was stolen.
        Stolen "stolen",
        /// It is broken, or the reader does not read it.
        Damaged "damaged",
        /// Another one: the note says which.
        Other "other",
    }
}

/// A block as it is put on a card.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Blocking {
    /// Why.
    pub reason: CardBlockReason,
    /// In the words of the desk.
    pub note: Option<String>,
    /// When.
    pub at: Instant,
    /// By whom, where that was said.
    pub by: Option<OperatorId>,
}

impl Card {
    fn not_given_back(&self) -> Result<()> {
        match self.state {
            CardState::Returned => Err(Error::new(Reason::CardReturned)),
            CardState::Active | CardState::Blocked | CardState::Lost => Ok(()),
        }
    }

    /// The card, blocked: it opens nothing.
    ///
    /// # Errors
    /// `card_returned` of one that was given back; `already_done` of one that is blocked.
    pub fn block(self, block: Blocking) -> Result<Self> {
        self.not_given_back()?;
        if self.state != CardState::Active {
            return Err(Error::new(Reason::AlreadyDone));
        }
        let lost = block.reason == CardBlockReason::Lost;
        Ok(Self {
            state: if lost { CardState::Lost } else { CardState::Blocked },
            blocked: Some(block.at),
            blocked_by: block.by,
            block_reason: Some(block.reason),
            block_note: block.note,
            ..self
        })
    }

    /// The card, free again.
    ///
    /// # Errors
    /// `card_returned` of one that was given back; `not_blocked` of one that is not blocked.
    pub fn unblock(self) -> Result<Self> {
        self.not_given_back()?;
        if self.state == CardState::Active {
            return Err(Error::new(Reason::NotBlocked));
        }
        Ok(Self { state: CardState::Active, ..self }.without_block())
    }

    /// The card, given back: it opens nothing, and can be issued again. One that was blocked may come back too.
    ///
    /// # Errors
    /// `already_done` of one that was given back.
    pub fn give_back(self, at: Instant) -> Result<Self> {
        self.not_given_back().map_err(|_| Error::new(Reason::AlreadyDone))?;
        Ok(Self { state: CardState::Returned, returned: Some(at), ..self }.without_block())
    }

    /// Whether the card can be issued again to this client.
    ///
    /// # Errors
    /// `already_exists` of one that this client has, `card_taken` of one that another has: it must be given back first, blocked or
    /// not.
    pub fn can_go_to(&self, client: ClientId) -> Result<()> {
        if self.state == CardState::Returned {
            return Ok(());
        }
        let own = self.client == client;
        Err(Error::new(if own { Reason::AlreadyExists } else { Reason::CardTaken }))
    }

    /// The card, issued again to this client: another one to the program, with an id of its own.
    ///
    /// # Errors
    /// Those of [`can_go_to`](Self::can_go_to).
    pub fn issue_again(self, card: CardId, client: ClientId, kind: CardKind, at: Instant) -> Result<Self> {
        self.can_go_to(client)?;
        Ok(Self { card, client, kind, state: CardState::Active, issued: at, returned: None, ..self }
            .without_block())
    }

    fn without_block(self) -> Self {
        Self { blocked: None, blocked_by: None, block_reason: None, block_note: None, ..self }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(hour: u32) -> Instant {
        format!("2026-05-04T{hour:02}:00:00Z").parse().expect("an instant")
    }

    fn active() -> Card {
        Card {
            card: CardId(1),
            uid: "04AB".to_owned(),
            client: ClientId(7),
            kind: CardKind::Rfid,
            state: CardState::Active,
            issued: at(8),
            blocked: None,
            blocked_by: None,
            block_reason: None,
            block_note: None,
            returned: None,
        }
    }

    fn blocking(reason: CardBlockReason) -> Blocking {
        Blocking { reason, note: Some("by phone".to_owned()), at: at(9), by: Some(OperatorId(3)) }
    }

    fn blocked(reason: CardBlockReason) -> Card {
        active().block(blocking(reason)).expect("is blocked")
    }

    fn given_back() -> Card {
        active().give_back(at(10)).expect("is given back")
    }

    fn why<T: std::fmt::Debug>(result: Result<T>) -> Reason {
        result.expect_err("is refused").reason()
    }

    #[test]
    fn a_blocked_card_says_why_when_and_by_whom() {
        use CardBlockReason::{Damaged, Lost, Other, Stolen};
        for (reason, state) in [
            (Lost, CardState::Lost),
            (Stolen, CardState::Blocked),
            (Damaged, CardState::Blocked),
            (Other, CardState::Blocked),
        ] {
            let card = blocked(reason);
            assert_eq!((card.state, card.block_reason), (state, Some(reason)));
            assert_eq!((card.blocked, card.blocked_by), (Some(at(9)), Some(OperatorId(3))));
            assert_eq!(card.block_note.as_deref(), Some("by phone"));
            assert_eq!((card.client, card.issued), (ClientId(7), at(8)));
            assert_eq!(why(card.clone().block(blocking(Other))), Reason::AlreadyDone);
            assert_eq!(card.unblock(), Ok(active()), "as it was");
        }
        assert_eq!(why(active().unblock()), Reason::NotBlocked);
    }

    #[test]
    fn what_was_given_back_is_only_issued_again() {
        let card = given_back();
        assert_eq!((card.state, card.returned), (CardState::Returned, Some(at(10))));
        assert_eq!(why(card.clone().block(blocking(CardBlockReason::Lost))), Reason::CardReturned);
        assert_eq!(why(card.clone().unblock()), Reason::CardReturned);
        assert_eq!(why(card.clone().give_back(at(11))), Reason::AlreadyDone);
        let again = card.issue_again(CardId(2), ClientId(9), CardKind::Barcode, at(11)).expect("is issued");
        let expected = Card {
            card: CardId(2),
            client: ClientId(9),
            kind: CardKind::Barcode,
            issued: at(11),
            ..active()
        };
        assert_eq!(again, expected);
    }

    #[test]
    fn a_card_that_was_found_comes_back_without_its_block() {
        let card = blocked(CardBlockReason::Lost).give_back(at(10)).expect("is given back");
        assert_eq!(card, given_back());
    }

    #[test]
    fn a_card_belongs_to_its_client_until_it_is_given_back() {
        for card in [active(), blocked(CardBlockReason::Stolen)] {
            let issue =
                |client| why(card.clone().issue_again(CardId(2), ClientId(client), CardKind::Rfid, at(11)));
            assert_eq!(issue(7), Reason::AlreadyExists);
            assert_eq!(issue(9), Reason::CardTaken);
        }
    }
}
