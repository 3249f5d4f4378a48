//! The envelope of an operation: when, for which venue, by whom, on which paper, under which key.

use carnet_domain::{Date, Instant, OperatorId, VenueId, record, request};

request! {
    /// The host's paper behind a write.
    pub struct Document {
        /// The host's system, such as `rkeeper`. 1 to 64 characters.
        #[schemars(length(min = 1, max = 64))]
        pub system: String,
        /// The station or till.
        #[serde(skip_serializing_if = "Option::is_none")]
        #[schemars(length(min = 1, max = 64))]
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub station: Option<String>,
        /// The cashier's shift.
        #[serde(skip_serializing_if = "Option::is_none")]
        #[schemars(length(min = 1, max = 64))]
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub shift: Option<String>,
        /// The host's business date.
        #[serde(skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub business_date: Option<Date>,
        /// The number of the bill. 1 to 64 characters.
        #[schemars(length(min = 1, max = 64))]
        pub number: String,
        /// The line of the bill.
        #[serde(skip_serializing_if = "Option::is_none")]
        #[schemars(range(min = 0, max = 1_000_000))]
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub line: Option<i32>,
    }

    /// The mark of an event that a device recorded while it was off line: a natural key, for ever.
    pub struct Late {
        /// The device. 1 to 64 characters.
        #[schemars(length(min = 1, max = 64))]
        pub device: String,
        /// Its own running number of the event.
        #[schemars(range(min = 0))]
        pub seq: i64,
    }
}

record! {
    /// What comes with every operation beside its arguments. All of it may be left out.
    #[derive(Default)]
    pub struct Call {
        /// The value time. Without one, the engine's clock.
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub at: Option<Instant>,
        /// The idempotency key, 1 to 128 characters, per venue: a second call with the same key and content
        /// gets the first reply again and does nothing.
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub key: Option<String>,
        /// Who acts.
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub by: Option<OperatorId>,
        /// Where. May be left out while the store has only one venue.
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub venue: Option<VenueId>,
        /// The host's paper behind it.
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub document: Option<Document>,
        /// Given for an event that a device recorded while off line.
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub late: Option<Late>,
        /// Decide and answer, write nothing.
        #[serde(default)]
        #[cfg_attr(feature = "uniffi", uniffi(default = false))]
        pub dry_run: bool,
        /// Give up with `busy` if the work has not begun after this many milliseconds. 0 for the engine's default.
        #[serde(default)]
        #[cfg_attr(feature = "uniffi", uniffi(default = 0))]
        pub deadline_ms: i64,
    }
}

impl Call {
    /// An operation at this instant.
    #[must_use]
    pub fn at(at: Instant) -> Self {
        Self { at: Some(at), ..Self::default() }
    }

    /// The same at a venue.
    #[must_use]
    pub fn venue(self, venue: VenueId) -> Self {
        Self { venue: Some(venue), ..self }
    }

    /// The same under an idempotency key.
    #[must_use]
    pub fn key(self, key: impl Into<String>) -> Self {
        Self { key: Some(key.into()), ..self }
    }

    /// The same as a dry run.
    #[must_use]
    pub fn dry_run(self) -> Self {
        Self { dry_run: true, ..self }
    }
}
