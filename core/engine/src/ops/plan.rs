//! Plans.

use carnet_domain::client::ExternalId;
use carnet_domain::plan::{Channel, Plan, PlanKind, StartRule};
use carnet_domain::{CategoryId, Money, Percent, PlanId, ServiceId, VenueId, record, request, words};

request! {
    /// Adds a plan to the price list.
    pub struct PlanAdd {
        /// The name, 1 to 200 characters. Required, but for visits.
        #[schemars(length(min = 1, max = 200))]
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub name: Option<String>,
        /// What it gives.
        pub kind: PlanKind,
        /// When its passes start. At the sale if left out.
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub start: Option<StartRule>,
        /// The price, tax included, not negative.
        pub price: Money,
        /// The tax contained in the price. None if left out.
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub tax: Option<Percent>,
        /// Passes of a lower number pay first, -1000 to 1000. 0 if left out.
        #[schemars(range(min = -1000, max = 1000))]
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub priority: Option<i32>,
        /// Its own colour, `#RRGGBB`, in place of that of its kind.
        #[schemars(length(min = 7, max = 7))]
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub colour: Option<String>,
        /// Where it is sold. Everywhere if left out.
        #[schemars(length(max = 2))]
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub channels: Option<Vec<Channel>>,
        /// The services it covers. With `categories` empty too, everything.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        #[schemars(length(max = 200))]
        #[cfg_attr(feature = "uniffi", uniffi(default = []))]
        pub services: Vec<ServiceId>,
        /// The categories it covers.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        #[schemars(length(max = 200))]
        #[cfg_attr(feature = "uniffi", uniffi(default = []))]
        pub categories: Vec<CategoryId>,
        /// The venues where its passes can be used. Empty: all.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        #[schemars(length(max = 200))]
        #[cfg_attr(feature = "uniffi", uniffi(default = []))]
        pub venues: Vec<VenueId>,
        /// Keys in other systems.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        #[schemars(length(max = 16))]
        #[cfg_attr(feature = "uniffi", uniffi(default = []))]
        pub external_ids: Vec<ExternalId>,
    }

    /// What to set. The kind stays: another kind is another plan.
    #[derive(Default)]
    pub struct PlanSet {
        /// The name, 1 to 200 characters.
        #[schemars(length(min = 1, max = 200))]
        pub name: Option<String>,
        /// What it gives: other quantities and validity of the same kind.
        pub kind: Option<PlanKind>,
        /// When its passes start.
        pub start: Option<StartRule>,
        /// The price, tax included, not negative.
        pub price: Option<Money>,
        /// The tax contained in the price.
        pub tax: Option<Percent>,
        /// Passes of a lower number pay first, -1000 to 1000.
        #[schemars(range(min = -1000, max = 1000))]
        pub priority: Option<i32>,
        /// Its own colour, `#RRGGBB`.
        #[schemars(length(min = 7, max = 7))]
        pub colour: Option<String>,
        /// Where it is sold.
        #[schemars(length(max = 2))]
        pub channels: Option<Vec<Channel>>,
        /// The services it covers.
        #[schemars(length(max = 200))]
        pub services: Option<Vec<ServiceId>>,
        /// The categories it covers.
        #[schemars(length(max = 200))]
        pub categories: Option<Vec<CategoryId>>,
        /// The venues where its passes can be used.
        #[schemars(length(max = 200))]
        pub venues: Option<Vec<VenueId>>,
    }

    /// Changes a plan; only the next sale is affected.
    pub struct PlanChange {
        /// The plan.
        pub plan: PlanId,
        /// What to set.
        #[serde(default)]
        pub set: PlanSet,
        /// What to clear.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        pub clear: Vec<PlanField>,
        /// The version that was read; another one is a conflict.
        #[schemars(range(min = 1))]
        pub expected_version: Option<i64>,
    }

    /// Takes a plan out of online sale; holders go on, and staff may still assign it.
    pub struct PlanDeactivate {
        /// The plan.
        pub plan: PlanId,
        /// Also out of sale at the desk.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        #[cfg_attr(feature = "uniffi", uniffi(default = false))]
        pub desk: bool,
    }

    /// Deletes a plan: its passes are suspended, reversibly; what is owed stays on the books.
    pub struct PlanDelete {
        /// The plan.
        pub plan: PlanId,
        /// True takes the deletion back.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        #[cfg_attr(feature = "uniffi", uniffi(default = false))]
        pub undo: bool,
    }

    /// Lists the plans, or those for sale through one channel.
    #[derive(Default)]
    pub struct PlanList {
        /// Only those for sale there. All that are not deleted if left out.
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub channel: Option<Channel>,
        /// Deleted ones too.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        #[cfg_attr(feature = "uniffi", uniffi(default = false))]
        pub deleted: bool,
    }
}

words! {
    /// A field of a plan that can be cleared.
    pub enum PlanField {
        /// The name, for visits.
        Name "name",
        /// Its own colour.
        Colour "colour",
        /// The services it covers.
        Services "services",
        /// The categories it covers.
        Categories "categories",
        /// The venues where its passes can be used.
        Venues "venues",
    }
}

record! {
    /// A plan was added.
    pub struct PlanAdded {
        /// Its id.
        pub plan: PlanId,
        /// Its version.
        pub version: i64,
    }

    /// A plan was changed.
    pub struct PlanChanged {
        /// Its id.
        pub plan: PlanId,
        /// Its new version.
        pub version: i64,
    }

    /// The plans.
    pub struct PlanListed {
        /// In the order of their ids.
        pub plans: Vec<Plan>,
    }
}
