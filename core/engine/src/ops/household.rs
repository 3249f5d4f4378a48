//! Households, and the guests of companies.

use super::comment::cut;
use crate::changes::Change;
use crate::input::{self, limits};
use crate::store;
use crate::work::{Work, next_version, refuse_stale};
use carnet_domain::client::{Client, ClientKind};
use carnet_domain::household::{Household, can_join};
use carnet_domain::{ClientId, Error, HouseholdId, Reason, Result, record, request};

request! {
    /// Adds a household.
    pub struct HouseholdAdd {
        /// The name, 1 to 200 characters.
        #[schemars(length(min = 1, max = 200))]
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub name: Option<String>,
        /// Who belongs to it: persons who belong to no other.
        #[schemars(length(max = 50))]
        pub members: Vec<ClientId>,
    }

    /// Changes a household.
    pub struct HouseholdChange {
        /// The household.
        pub household: HouseholdId,
        /// The name, 1 to 200 characters.
        #[schemars(length(min = 1, max = 200))]
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub name: Option<String>,
        /// Who belongs to it from now on. With nobody in it, it is kept.
        #[schemars(length(max = 50))]
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub members: Option<Vec<ClientId>>,
        /// The version that was read; another one is a conflict.
        #[schemars(range(min = 1))]
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub expected_version: Option<i64>,
    }

    /// Lists who belongs to a company.
    pub struct CompanyGuests {
        /// The company.
        pub company: ClientId,
        /// The last client of the page before.
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub after: Option<ClientId>,
        /// How many at most, 1 to 1000. 50 if left out.
        #[schemars(range(min = 1, max = 1000))]
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub limit: Option<i32>,
    }
}

record! {
    /// A household was added or changed.
    pub struct HouseholdDone {
        /// Its id.
        pub household: HouseholdId,
        /// Its version.
        pub version: i64,
    }

    /// Who belongs to a company.
    pub struct Guests {
        /// In the order of their ids.
        pub clients: Vec<Client>,
        /// True where there are more.
        pub more: bool,
    }
}

/// Checks who is to belong to a household, and puts them in order.
fn checked_members(
    work: &mut Work<'_>,
    of: Option<HouseholdId>,
    members: &[ClientId],
) -> Result<Vec<ClientId>> {
    input::list(members, "members", limits::MEMBERS)?;
    for (index, member) in members.iter().enumerate() {
        let here = || format!("members.{index}");
        let found = store::client::get(work.db(), input::id(*member, &here())?)?;
        let found = found.ok_or_else(|| Error::field(Reason::ClientNotFound, here()))?;
        let belongs_to = store::profile::household_of(work.db(), *member)?.map(|other| other.household);
        let before = members.get(..index).unwrap_or_default();
        can_join(&found, belongs_to, of, before).map_err(|error| error.or_field(&here()))?;
    }
    let mut members = members.to_vec();
    members.sort_unstable();
    Ok(members)
}

pub(crate) fn add(work: &mut Work<'_>, request: HouseholdAdd) -> Result<HouseholdDone> {
    let name = input::opt_text(request.name.as_ref(), "name", 200)?;
    let members = checked_members(work, None, &request.members)?;
    let household = Household { household: work.id()?, version: 1, name, members };
    let done = HouseholdDone { household: household.household, version: 1 };
    work.add(Change::Household(household));
    Ok(done)
}

pub(crate) fn change(work: &mut Work<'_>, request: HouseholdChange) -> Result<HouseholdDone> {
    let name = input::opt_text(request.name.as_ref(), "name", 200)?;
    let id = input::id(request.household, "household")?;
    let found = store::profile::household(work.db(), id)?;
    let mut household = found.ok_or_else(|| Error::field(Reason::HouseholdNotFound, "household"))?;
    refuse_stale(request.expected_version, household.version)?;
    if let Some(members) = &request.members {
        household.members = checked_members(work, Some(id), members)?;
    }
    household.name = name.or(household.name);
    household.version = next_version(household.version)?;
    let done = HouseholdDone { household: id, version: household.version };
    work.add(Change::Household(household));
    Ok(done)
}

pub(crate) fn guests(work: &mut Work<'_>, request: CompanyGuests) -> Result<Guests> {
    let limit = input::page(request.limit, 50)?;
    let company = input::id(request.company, "company")?;
    let found = store::client::get(work.db(), company)?;
    let found = found.ok_or_else(|| Error::field(Reason::ClientNotFound, "company"))?;
    if found.kind != ClientKind::Company {
        return Err(Error::field(Reason::NotACompany, "company"));
    }
    let after = request.after.map(|after| input::id(after, "after")).transpose()?.unwrap_or(ClientId(0));
    let ids = store::profile::guests(work.db(), company, after, limit.saturating_add(1))?;
    let (ids, more) = cut(ids, limit);
    let mut clients = Vec::new();
    for id in ids {
        clients.extend(store::client::get(work.db(), id)?);
    }
    Ok(Guests { clients, more })
}
