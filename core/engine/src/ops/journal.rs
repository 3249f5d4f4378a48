//! The journal: verification, export, the feed of changes.

use carnet_domain::{Instant, OperatorId, VenueId, record, request};

request! {
    /// Returns what changed after a position of the journal.
    pub struct ChangesSince {
        /// The last position seen; 0 for the beginning.
        #[schemars(range(min = 0))]
        pub after: i64,
        /// How many entries at most, 1 to 1000. 100 if left out.
        #[schemars(range(min = 1, max = 1000))]
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub limit: Option<i32>,
    }

    /// Returns journal entries in full, for replay. Contains personal data.
    pub struct JournalExport {
        /// The last position seen; 0 for the beginning.
        #[schemars(range(min = 0))]
        pub after: i64,
        /// How many entries at most, 1 to 1000. 100 if left out.
        #[schemars(range(min = 1, max = 1000))]
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub limit: Option<i32>,
    }

    /// Recomputes every digest and the whole chain of the journal.
    #[derive(Default)]
    pub struct JournalVerify {}
}

record! {
    /// What one operation changed.
    pub struct ChangeEntry {
        /// The position in the journal.
        pub position: i64,
        /// The operation.
        pub op: String,
        /// Its value time.
        pub at: Instant,
        /// Where.
        pub venue: Option<VenueId>,
        /// Who acted.
        pub by: Option<OperatorId>,
        /// The changes, as JSON. After an erasure, nothing.
        pub changes: Option<String>,
    }

    /// A page of the change feed.
    pub struct Changes {
        /// In the order of positions.
        pub entries: Vec<ChangeEntry>,
        /// The last position of the page: the `after` of the next one.
        pub last: i64,
        /// True where more follow.
        pub more: bool,
    }

    /// One entry of the journal in full.
    pub struct JournalEntry {
        /// The position: dense, from 1.
        pub position: i64,
        /// The hash of the chain up to this entry, hexadecimal.
        pub hash: String,
        /// The digest of salt and payload, hexadecimal.
        pub digest: String,
        /// The salt, hexadecimal. After an erasure, nothing.
        pub salt: Option<String>,
        /// The payload, JSON text: request, changes, reply. After an erasure, nothing.
        pub payload: Option<String>,
    }

    /// A page of the journal.
    pub struct JournalPage {
        /// In the order of positions.
        pub entries: Vec<JournalEntry>,
        /// The last position of the page.
        pub last: i64,
        /// True where more follow.
        pub more: bool,
    }

    /// The state of the journal.
    pub struct JournalVerified {
        /// How many entries there are.
        pub entries: i64,
        /// The hash of the last one, hexadecimal.
        pub head: String,
        /// True if every digest and the whole chain are as they should be.
        pub ok: bool,
        /// The first position that is wrong.
        pub broken_at: Option<i64>,
    }
}
