//! The price list: categories and services.

use crate::changes::Change;
use crate::input;
use crate::work::{Work, next_version, refuse_both, refuse_stale};
use carnet_domain::client::{ExternalId, Sex};
use carnet_domain::venue::{Category, Service};
use carnet_domain::{CategoryId, Error, Money, Percent, Reason, Result, ServiceId, record, request, words};

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

pub(crate) fn add_category(work: &mut Work<'_>, request: CategoryAdd) -> Result<CategoryAdded> {
    let name = input::text(&request.name, "name", 200)?;
    let external_ids = input::external_ids(&request.external_ids, "external_ids")?;
    work.refuse_taken::<CategoryId>(None, &external_ids, "external_ids")?;
    let category = Category { category: work.id()?, version: 1, name, external_ids };
    let added = CategoryAdded { category: category.category, version: 1 };
    work.add(Change::Category(category));
    Ok(added)
}

pub(crate) fn add(work: &mut Work<'_>, request: ServiceAdd) -> Result<ServiceAdded> {
    let name = input::text(&request.name, "name", 200)?;
    known_category(work, request.category, "category")?;
    let price = input::not_negative(request.price, "price")?;
    let external_ids = input::external_ids(&request.external_ids, "external_ids")?;
    work.refuse_taken::<ServiceId>(None, &external_ids, "external_ids")?;
    let service = Service {
        service: work.id()?,
        version: 1,
        name,
        category: request.category,
        price,
        tax: request.tax.unwrap_or(Percent::ZERO),
        sex: request.sex,
        external_ids,
    };
    let added = ServiceAdded { service: service.service, version: 1 };
    work.add(Change::Service(service));
    Ok(added)
}

fn known_category(work: &Work<'_>, category: Option<CategoryId>, field: &str) -> Result<()> {
    match category {
        Some(id) if !work.config.categories.contains_key(&input::id(id, field)?) => {
            Err(Error::field(Reason::CategoryNotFound, field))
        }
        _ => Ok(()),
    }
}

pub(crate) fn change(work: &mut Work<'_>, request: ServiceChange) -> Result<ServiceChanged> {
    input::id(request.service, "service")?;
    let found = work.config.services.get(&request.service).cloned();
    let mut service = found.ok_or_else(|| Error::field(Reason::ServiceNotFound, "service"))?;
    refuse_stale(request.expected_version, service.version)?;
    let ServiceSet { name, category, price, tax, sex } = request.set;
    if let Some(name) = name {
        service.name = input::text(&name, "set.name", 200)?;
    }
    known_category(work, category, "set.category")?;
    service.category = category.or(service.category);
    if let Some(price) = price {
        service.price = input::not_negative(price, "set.price")?;
    }
    service.tax = tax.unwrap_or(service.tax);
    service.sex = sex.or(service.sex);
    for (index, field) in request.clear.iter().enumerate() {
        match field {
            ServiceField::Category => {
                refuse_both(category.is_some(), index)?;
                service.category = None;
            }
            ServiceField::Sex => {
                refuse_both(sex.is_some(), index)?;
                service.sex = None;
            }
        }
    }
    service.version = next_version(service.version)?;
    let changed = ServiceChanged { service: service.service, version: service.version };
    work.add(Change::Service(service));
    Ok(changed)
}

pub(crate) fn list(work: &mut Work<'_>, _: ServiceList) -> Result<ServiceListed> {
    Ok(ServiceListed {
        categories: work.config.categories.values().cloned().collect(),
        services: work.config.services.values().cloned().collect(),
    })
}
