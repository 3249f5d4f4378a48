//! The site and its price list: venues, categories, services.

use crate::calendar::Zone;
use crate::client::{ClientField, ExternalId, Sex};
use crate::ids::{CategoryId, ServiceId, VenueId, ZoneId};
use crate::money::{Currency, Money, Percent};
use crate::profile::Language;
use crate::switches::Switch;

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde gives a reference")]
const fn is_zero(number: &i32) -> bool {
    *number == 0
}

words! {
    /// What happens when a client enters who is inside already.
    pub enum AntiPassback {
        /// The earlier visit is ended, a new one begins.
        Off "off",
        /// The entry is refused.
        Hard "hard",
    }
}

record! {
    /// A site: a club, a salon, a hotel, a restaurant.
    pub struct Venue {
        /// The id.
        pub venue: VenueId,
        /// Grows by one with every change.
        pub version: i64,
        /// The name.
        pub name: String,
        /// The zone that its days and hours belong to.
        pub time_zone: Zone,
        /// The currency of its books.
        pub currency: Currency,
        /// The country of phone numbers given without one: two letters of ISO 3166.
        pub country: Option<String>,
        /// The zone that its door leads to.
        pub zone: ZoneId,
        /// What happens to a client who enters twice.
        pub anti_passback: AntiPassback,
        /// A re-entry this soon after the exit costs nothing. Minutes, 0 for never.
        pub reentry_grace_minutes: i32,
        /// The service that an entry through the door is, where the request names none.
        pub entry_service: Option<ServiceId>,
        /// What must be known of a client who is added or changed here.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        pub mandatory: Vec<ClientField>,
        /// The language of messages to clients of whom none is known.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub language: Option<Language>,
        /// What is switched off. Everything is on unless it stands here.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        pub switched_off: Vec<Switch>,
        /// `tick` reminds clients of a pass that can be used on so many days after today, or fewer; 0 for never.
        #[serde(default, skip_serializing_if = "is_zero")]
        pub reminder_days: i32,
        /// Keys in other systems.
        pub external_ids: Vec<ExternalId>,
    }

    /// A group of services.
    pub struct Category {
        /// The id.
        pub category: CategoryId,
        /// Grows by one with every change.
        pub version: i64,
        /// The name.
        pub name: String,
        /// Keys in other systems.
        pub external_ids: Vec<ExternalId>,
    }

    /// What the price list sells.
    pub struct Service {
        /// The id.
        pub service: ServiceId,
        /// Grows by one with every change.
        pub version: i64,
        /// The name.
        pub name: String,
        /// The category it belongs to.
        pub category: Option<CategoryId>,
        /// The price, tax included.
        pub price: Money,
        /// The tax contained in the price.
        pub tax: Percent,
        /// Only for clients of this sex.
        pub sex: Option<Sex>,
        /// Keys in other systems.
        pub external_ids: Vec<ExternalId>,
    }
}
