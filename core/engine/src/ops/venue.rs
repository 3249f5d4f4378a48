//! Venues.

use carnet_domain::calendar::Zone;
use carnet_domain::client::ExternalId;
use carnet_domain::venue::{AntiPassback, Venue};
use carnet_domain::{Currency, ServiceId, VenueId, ZoneId, record, request, words};

request! {
    /// Adds a venue, its default zone and its counter-accounts.
    pub struct VenueAdd {
        /// The name, 1 to 200 characters.
        #[schemars(length(min = 1, max = 200))]
        pub name: String,
        /// The zone of its days and hours, such as `Europe/Bucharest`.
        pub time_zone: Zone,
        /// The currency of its books.
        pub currency: Currency,
        /// The country of phone numbers given without one: two letters of ISO 3166.
        #[schemars(length(min = 2, max = 2))]
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub country: Option<String>,
        /// What happens to a client who enters twice. `off` if left out.
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub anti_passback: Option<AntiPassback>,
        /// A re-entry this soon after the exit costs nothing, minutes, 0 to 1440.
        #[schemars(range(min = 0, max = 1440))]
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub reentry_grace_minutes: Option<i32>,
        /// Keys in other systems.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        #[schemars(length(max = 16))]
        #[cfg_attr(feature = "uniffi", uniffi(default = []))]
        pub external_ids: Vec<ExternalId>,
    }

    /// What to set.
    #[derive(Default)]
    pub struct VenueSet {
        /// The name, 1 to 200 characters.
        #[schemars(length(min = 1, max = 200))]
        pub name: Option<String>,
        /// The country of phone numbers given without one.
        #[schemars(length(min = 2, max = 2))]
        pub country: Option<String>,
        /// What happens to a client who enters twice.
        pub anti_passback: Option<AntiPassback>,
        /// A re-entry this soon after the exit costs nothing, minutes, 0 to 1440.
        #[schemars(range(min = 0, max = 1440))]
        pub reentry_grace_minutes: Option<i32>,
        /// The service that an entry through the door is, where the request names none.
        pub entry_service: Option<ServiceId>,
    }

    /// Changes a venue. Zone and currency stay: the books rest on them.
    pub struct VenueChange {
        /// The venue.
        pub venue: VenueId,
        /// What to set.
        #[serde(default)]
        pub set: VenueSet,
        /// What to clear.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        pub clear: Vec<VenueField>,
        /// The version that was read; another one is a conflict.
        #[schemars(range(min = 1))]
        pub expected_version: Option<i64>,
    }

    /// Lists the venues.
    pub struct VenueList {}
}

words! {
    /// A field of a venue that can be cleared.
    pub enum VenueField {
        /// The country of phone numbers.
        Country "country",
        /// The service of the door.
        EntryService "entry_service",
    }
}

record! {
    /// A venue was added.
    pub struct VenueAdded {
        /// Its id.
        pub venue: VenueId,
        /// The zone that its door leads to.
        pub zone: ZoneId,
        /// Its version.
        pub version: i64,
    }

    /// A venue was changed.
    pub struct VenueChanged {
        /// Its id.
        pub venue: VenueId,
        /// Its new version.
        pub version: i64,
    }

    /// The venues.
    pub struct VenueListed {
        /// In the order of their ids.
        pub venues: Vec<Venue>,
    }
}
