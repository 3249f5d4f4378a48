//! Cards.

use carnet_domain::client::{Card, CardKind};
use carnet_domain::{CardId, ClientId, record, request};

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
