//! The door: decide, enter, exit, who is in.

use carnet_domain::decision::Decision;
use carnet_domain::{AttemptId, CardId, ClientId, Instant, PassId, ServiceId, VenueId, VisitId, record, request};

request! {
    /// Answers whether a client may come in. Give the card or the client.
    #[derive(Default)]
    pub struct AccessDecide {
        /// What the reader sends.
        #[schemars(length(min = 1, max = 128))]
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub card: Option<String>,
        /// The client, where staff knows them.
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub client: Option<ClientId>,
        /// The pass that the client wants to use.
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub pass: Option<PassId>,
        /// What the client comes for. The venue's `entry_service` if left out.
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub service: Option<ServiceId>,
    }

    /// Decides again and lets the client in. Give the card or the client.
    #[derive(Default)]
    pub struct AccessEnter {
        /// What the reader sends.
        #[schemars(length(min = 1, max = 128))]
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub card: Option<String>,
        /// The client, where staff knows them.
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub client: Option<ClientId>,
        /// The pass that the client wants to use.
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub pass: Option<PassId>,
        /// What the client comes for. The venue's `entry_service` if left out.
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub service: Option<ServiceId>,
    }

    /// Ends the visit of a client. Give the card or the client.
    #[derive(Default)]
    pub struct AccessExit {
        /// What the reader sends.
        #[schemars(length(min = 1, max = 128))]
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub card: Option<String>,
        /// The client, where staff knows them.
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub client: Option<ClientId>,
    }

    /// Lists the clients who are inside a venue.
    #[derive(Default)]
    pub struct AccessWhoIsIn {
        /// The last client of the page before.
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub after: Option<ClientId>,
        /// How many at most, 1 to 1000. 100 if left out.
        #[schemars(range(min = 1, max = 1000))]
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub limit: Option<i32>,
    }
}

record! {
    /// What came of an entry.
    pub struct Entered {
        /// The decision that was carried out.
        pub decision: Decision,
        /// The visit, if the client was let in.
        pub visit: Option<VisitId>,
        /// The recorded attempt, if not.
        pub attempt: Option<AttemptId>,
    }

    /// A visit ended.
    pub struct Exited {
        /// The visit.
        pub visit: VisitId,
        /// The client.
        pub client: ClientId,
        /// How long it lasted, in seconds.
        pub seconds: i64,
    }

    /// One client who is inside.
    pub struct Presence {
        /// The client.
        pub client: ClientId,
        /// First and last name.
        pub name: String,
        /// The visit.
        pub visit: VisitId,
        /// Since when.
        pub since: Instant,
        /// The pass that paid.
        pub pass: Option<PassId>,
        /// The card last issued to the client.
        pub card: Option<CardId>,
    }

    /// Who is inside.
    pub struct WhoIsIn {
        /// The venue.
        pub venue: VenueId,
        /// How many are inside in all.
        pub count: i64,
        /// In the order of client ids.
        pub clients: Vec<Presence>,
        /// True where more follow; ask again with `after`.
        pub more: bool,
    }
}
