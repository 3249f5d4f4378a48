//! The price list: categories and services.

use carnet_domain::client::{ExternalId, Sex};
use carnet_domain::venue::{Category, Service};
use carnet_domain::{CategoryId, Money, Percent, ServiceId, record, request, words};

request! {
    /// Adds a category of services.
    pub struct CategoryAdd {
        /// The name, 1 to 200 characters.
        #[schemars(length(min = 1, max = 200))]
        pub name: String,
        /// Keys in other systems.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        #[schemars(length(max = 16))]
        #[cfg_attr(feature = "uniffi", uniffi(default = []))]
        pub external_ids: Vec<ExternalId>,
    }

    /// Adds a service to the price list.
    pub struct ServiceAdd {
        /// The name, 1 to 200 characters.
        #[schemars(length(min = 1, max = 200))]
        pub name: String,
        /// The category it belongs to.
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub category: Option<CategoryId>,
        /// The price, tax included, not negative.
        pub price: Money,
        /// The tax contained in the price. None if left out.
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub tax: Option<Percent>,
        /// Only for clients of this sex.
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub sex: Option<Sex>,
        /// Keys in other systems.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        #[schemars(length(max = 16))]
        #[cfg_attr(feature = "uniffi", uniffi(default = []))]
        pub external_ids: Vec<ExternalId>,
    }

    /// What to set.
    #[derive(Default)]
    pub struct ServiceSet {
        /// The name, 1 to 200 characters.
        #[schemars(length(min = 1, max = 200))]
        pub name: Option<String>,
        /// The category it belongs to.
        pub category: Option<CategoryId>,
        /// The price, tax included, not negative.
        pub price: Option<Money>,
        /// The tax contained in the price.
        pub tax: Option<Percent>,
        /// Only for clients of this sex.
        pub sex: Option<Sex>,
    }

    /// Changes a service; what was sold keeps its old price.
    pub struct ServiceChange {
        /// The service.
        pub service: ServiceId,
        /// What to set.
        #[serde(default)]
        pub set: ServiceSet,
        /// What to clear.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        pub clear: Vec<ServiceField>,
        /// The version that was read; another one is a conflict.
        #[schemars(range(min = 1))]
        pub expected_version: Option<i64>,
    }

    /// Lists categories and services.
    pub struct ServiceList {}
}

words! {
    /// A field of a service that can be cleared.
    pub enum ServiceField {
        /// The category.
        Category "category",
        /// The sex it is for.
        Sex "sex",
    }
}

record! {
    /// A category was added.
    pub struct CategoryAdded {
        /// Its id.
        pub category: CategoryId,
        /// Its version.
        pub version: i64,
    }

    /// A service was added.
    pub struct ServiceAdded {
        /// Its id.
        pub service: ServiceId,
        /// Its version.
        pub version: i64,
    }

    /// A service was changed.
    pub struct ServiceChanged {
        /// Its id.
        pub service: ServiceId,
        /// Its new version.
        pub version: i64,
    }

    /// The price list.
    pub struct ServiceListed {
        /// In the order of their ids.
        pub categories: Vec<Category>,
        /// In the order of their ids.
        pub services: Vec<Service>,
    }
}
