//! Presence: a visit from entry to exit, and the attempts that were refused.

use crate::decision::DenyReason;
use crate::ids::{
    AttemptId, CardId, ClientId, ConflictId, OperatorId, PassId, ServiceId, VenueId, VisitId, ZoneId,
};
use crate::time::Instant;

record! {
    /// Presence of a client from entry to exit.
    pub struct Visit {
        /// The id.
        pub visit: VisitId,
        /// The client.
        pub client: ClientId,
        /// The venue.
        pub venue: VenueId,
        /// The zone entered.
        pub zone: ZoneId,
        /// The service entered for.
        pub service: Option<ServiceId>,
        /// When it began.
        pub entered: Instant,
        /// When it ended; none while inside.
        pub exited: Option<Instant>,
        /// The pass that paid; none for a re-entry within grace.
        pub pass: Option<PassId>,
    }

    /// A refused attempt at a door. It changes no lot, account, visit or presence.
    pub struct Attempt {
        /// The id.
        pub attempt: AttemptId,
        /// When.
        pub at: Instant,
        /// The venue.
        pub venue: VenueId,
        /// The client, if one was recognised.
        pub client: Option<ClientId>,
        /// The card, if it is known.
        pub card: Option<CardId>,
        /// Why it was refused.
        pub reason: DenyReason,
        /// Who was at the desk.
        pub operator: Option<OperatorId>,
    }

    /// A late event that could not be covered by what is left now. Somebody must settle it.
    pub struct Conflict {
        /// The id.
        pub conflict: ConflictId,
        /// When the event happened.
        pub at: Instant,
        /// When it was entered.
        pub made: Instant,
        /// Where.
        pub venue: VenueId,
        /// Whose.
        pub client: ClientId,
        /// The visit that nothing paid for.
        pub visit: Option<VisitId>,
        /// What could not be covered.
        pub reason: DenyReason,
        /// When it was settled.
        pub settled: Option<Instant>,
        /// How, for people.
        pub note: Option<String>,
    }
}
