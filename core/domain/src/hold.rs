//! Holds: amounts that are authorised now and captured or released later.

use crate::ids::{AccountId, ClientId, GroupId, HoldId, LotId, PassId, VenueId};
use crate::time::Instant;

words! {
    /// What became of a hold.
    pub enum HoldState {
        /// What it holds is not available.
        Open "open",
        /// It was captured, whole or in part; the rest is free.
        Captured "captured",
        /// It was released.
        Released "released",
        /// Its time was over.
        Expired "expired",
    }
}

record! {
    /// An authorised amount over one or several accounts.
    pub struct Hold {
        /// The id.
        pub hold: HoldId,
        /// Grows by one with every change.
        pub version: i64,
        /// Whose accounts.
        pub client: ClientId,
        /// Where it was placed.
        pub venue: VenueId,
        /// When it was placed.
        pub placed: Instant,
        /// From this instant on it holds nothing, whether or not anybody has written that down.
        pub expires: Instant,
        /// What was written of it.
        pub state: HoldState,
        /// When it was captured, released, or found expired.
        pub ended: Option<Instant>,
        /// The transfers of its capture.
        pub group: Option<GroupId>,
        /// What it holds, account by account, lot by lot.
        pub parts: Vec<HoldPart>,
    }

    /// What a hold holds of one lot.
    #[derive(Eq)]
    pub struct HoldPart {
        /// The account.
        pub account: AccountId,
        /// The pass that the account belongs to; none for money.
        pub pass: Option<PassId>,
        /// The lot.
        pub lot: LotId,
        /// How much, in the account's unit.
        pub amount: i64,
    }
}
