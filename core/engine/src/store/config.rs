//! What changes seldom and is kept in memory: venues, operators, the price list.

use super::value::{Connection, Query, Row, Value, filled, json, opt, query};
use carnet_domain::client::{ExternalId, Operator, Sex};
use carnet_domain::ids::Id;
use carnet_domain::plan::Plan;
use carnet_domain::venue::{AntiPassback, Category, Service, Venue};
use carnet_domain::{
    CategoryId, Error, Money, OperatorId, Percent, PlanId, Reason, Result, ServiceId, VenueId,
};
use std::collections::BTreeMap;

/// Everything that the engine keeps in memory, as of one version of the store.
#[derive(Debug, Default)]
pub(crate) struct Config {
    pub version: i64,
    pub venues: BTreeMap<VenueId, Venue>,
    pub operators: BTreeMap<OperatorId, Operator>,
    pub categories: BTreeMap<CategoryId, Category>,
    pub services: BTreeMap<ServiceId, Service>,
    pub plans: BTreeMap<PlanId, Plan>,
}

/// Asks for the version of what is stored.
pub(crate) fn version_query() -> Query {
    query!("config/version.sql")
}

/// The version of what is stored.
pub(crate) fn version(connection: &mut dyn Connection) -> Result<i64> {
    match connection.first(version_query())? {
        Some(mut row) => row.int(),
        None => Ok(0),
    }
}

/// Reads all of it.
pub(crate) fn load(connection: &mut dyn Connection) -> Result<Config> {
    let answers = connection.batch(&[
        query!("config/version.sql"),
        query!("config/external_ids.sql"),
        query!("config/venues.sql"),
        query!("config/operators.sql"),
        query!("config/categories.sql"),
        query!("config/services.sql"),
        query!("config/plans.sql"),
    ])?;
    let mut answers = answers.into_iter();
    let mut next = || answers.next().unwrap_or_default();
    let mut config = Config::default();
    for mut row in next() {
        config.version = row.int()?;
    }
    let mut external = External::default();
    for mut row in next() {
        let of = (row.text()?, row.int()?);
        external.0.entry(of).or_default().push(ExternalId { system: row.text()?, value: row.text()? });
    }
    for row in next() {
        let venue = venue(row, &mut external)?;
        config.venues.insert(venue.venue, venue);
    }
    for mut row in next() {
        let operator: OperatorId = row.id()?;
        let external_ids = external.of(operator);
        let (version, name, rights) = (row.int()?, row.text()?, row.opt_json()?.unwrap_or_default());
        config.operators.insert(operator, Operator { operator, version, name, rights, external_ids });
    }
    for mut row in next() {
        let category: CategoryId = row.id()?;
        let external_ids = external.of(category);
        config
            .categories
            .insert(category, Category { category, version: row.int()?, name: row.text()?, external_ids });
    }
    for row in next() {
        let service = service(row, &mut external)?;
        config.services.insert(service.service, service);
    }
    for row in next() {
        let plan = plan(row, &mut external)?;
        config.plans.insert(plan.plan, plan);
    }
    Ok(config)
}

#[derive(Default)]
struct External(BTreeMap<(String, i64), Vec<ExternalId>>);

impl External {
    fn of<T: Id>(&mut self, id: T) -> Vec<ExternalId> {
        self.0.remove(&(T::KIND.to_owned(), id.get())).unwrap_or_default()
    }
}

fn venue(mut row: Row, external: &mut External) -> Result<Venue> {
    let venue: VenueId = row.id()?;
    Ok(Venue {
        venue,
        version: row.int()?,
        name: row.text()?,
        time_zone: row.parsed()?,
        currency: row.parsed()?,
        country: row.opt_text()?,
        zone: row.id()?,
        anti_passback: row.word(AntiPassback::from_text)?,
        reentry_grace_minutes: row.int32()?,
        entry_service: row.opt_id()?,
        mandatory: row.opt_json()?.unwrap_or_default(),
        language: row.opt_parsed()?,
        switched_off: row.opt_json()?.unwrap_or_default(),
        reminder_days: row.int32()?,
        external_ids: external.of(venue),
    })
}

fn service(mut row: Row, external: &mut External) -> Result<Service> {
    let service: ServiceId = row.id()?;
    let (version, name, category, currency) = (row.int()?, row.text()?, row.opt_id()?, row.parsed()?);
    Ok(Service {
        service,
        version,
        name,
        category,
        price: Money::new(row.int()?, currency),
        tax: Percent::from_ten_thousandths(row.int()?),
        sex: row.opt_word(Sex::from_text)?,
        external_ids: external.of(service),
    })
}

fn plan(mut row: Row, external: &mut External) -> Result<Plan> {
    let plan: PlanId = row.id()?;
    let (version, name, kind, start) = (row.int()?, row.opt_text()?, row.json()?, row.json()?);
    let currency = row.parsed()?;
    Ok(Plan {
        plan,
        version,
        name,
        kind,
        start,
        price: Money::new(row.int()?, currency),
        tax: Percent::from_ten_thousandths(row.int()?),
        priority: row.int32()?,
        colour: row.text()?,
        channels: row.json()?,
        services: row.json()?,
        categories: row.json()?,
        venues: row.json()?,
        deleted: row.flag()?,
        usage: row.opt_json()?.unwrap_or_default(),
        life: row.opt_json()?.unwrap_or_default(),
        external_ids: external.of(plan),
    })
}

/// Stores a venue.
pub(crate) fn put_venue(venue: &Venue, queries: &mut Vec<Query>) -> Result<()> {
    queries.push(query!(
        "config/put_venue.sql",
        venue.venue,
        venue.version,
        &venue.name,
        venue.time_zone.to_string(),
        venue.currency.code(),
        opt(venue.country.as_ref()),
        venue.zone,
        venue.anti_passback.as_str(),
        venue.reentry_grace_minutes,
        opt(venue.entry_service),
        opt(filled(&venue.mandatory)?),
        opt(venue.language.as_ref().map(|language| language.as_str())),
        opt(filled(&venue.switched_off)?),
        venue.reminder_days,
    ));
    put_external_ids(venue.venue, &venue.external_ids, venue.version, queries);
    queries.push(query!("config/bump.sql"));
    Ok(())
}

/// Stores an operator.
pub(crate) fn put_operator(operator: &Operator, queries: &mut Vec<Query>) -> Result<()> {
    queries.push(query!(
        "config/put_operator.sql",
        operator.operator,
        operator.version,
        &operator.name,
        opt(filled(&operator.rights)?),
    ));
    put_external_ids(operator.operator, &operator.external_ids, operator.version, queries);
    queries.push(query!("config/bump.sql"));
    Ok(())
}

/// Stores a category.
pub(crate) fn put_category(category: &Category, queries: &mut Vec<Query>) {
    queries.push(query!("config/put_category.sql", category.category, category.version, &category.name));
    put_external_ids(category.category, &category.external_ids, category.version, queries);
    queries.push(query!("config/bump.sql"));
}

/// Stores a service.
pub(crate) fn put_service(service: &Service, queries: &mut Vec<Query>) {
    queries.push(query!(
        "config/put_service.sql",
        service.service,
        service.version,
        &service.name,
        opt(service.category),
        service.price.currency().code(),
        service.price.minor(),
        service.tax.ten_thousandths(),
        opt(service.sex.map(Sex::as_str)),
    ));
    put_external_ids(service.service, &service.external_ids, service.version, queries);
    queries.push(query!("config/bump.sql"));
}

/// Stores a plan.
pub(crate) fn put_plan(plan: &Plan, queries: &mut Vec<Query>) -> Result<()> {
    queries.push(query!(
        "config/put_plan.sql",
        plan.plan,
        plan.version,
        opt(plan.name.as_ref()),
        json(&plan.kind)?,
        json(&plan.start)?,
        plan.price.currency().code(),
        plan.price.minor(),
        plan.tax.ten_thousandths(),
        plan.priority,
        &plan.colour,
        json(&plan.channels)?,
        json(&plan.services)?,
        json(&plan.categories)?,
        json(&plan.venues)?,
        plan.deleted,
        opt(filled(&plan.usage)?),
        opt(filled(&plan.life)?),
    ));
    put_external_ids(plan.plan, &plan.external_ids, plan.version, queries);
    queries.push(query!("config/bump.sql"));
    Ok(())
}

/// Stores the keys of an entity in other systems, in place of those it had before.
pub(crate) fn put_external_ids<T: Id>(
    id: T,
    external_ids: &[ExternalId],
    version: i64,
    queries: &mut Vec<Query>,
) {
    if version > 1 {
        queries.push(query!("config/external_ids_clear.sql", T::KIND, id.get()));
    }
    for external in external_ids {
        queries.push(query!(
            "config/external_id_put.sql",
            T::KIND,
            &external.system,
            &external.value,
            id.get()
        ));
    }
}

/// The entity of this kind that has a key in another system.
pub(crate) fn external_id_owner(kind: &str, external: &ExternalId) -> Query {
    query!("config/external_id_owner.sql", kind, &external.system, &external.value)
}

/// The number that the next id of a kind gets, as stored.
pub(crate) fn counter(connection: &mut dyn Connection, kind: &str) -> Result<i64> {
    match connection.first(query!("config/counter.sql", kind))? {
        Some(mut row) => row.int(),
        None => Ok(1),
    }
}

/// Takes a block of numbers in the open transaction, which nobody else writes beside.
pub(crate) fn reserve_in_place<C: Connection + ?Sized>(
    connection: &mut C,
    kind: &str,
    count: i64,
) -> Result<i64> {
    let next = match connection.first(query!("config/counter.sql", kind))? {
        Some(mut row) => row.int()?,
        None => 1,
    };
    let overflow = || Error::new(Reason::Internal).with("what", "ids are used up");
    let end = next.checked_add(count).ok_or_else(overflow)?;
    connection.rows(query!("config/reserve.sql", kind, end))?;
    Ok(next)
}

/// Takes a block of numbers in one statement, beside others.
#[cfg(feature = "postgres")]
pub(crate) fn reserve_block(connection: &mut dyn Connection, kind: &str, count: i64) -> Result<i64> {
    match connection.first(query!("config/reserve_block.pg.sql", kind, count))? {
        Some(mut row) => row.int(),
        None => Err(Error::new(Reason::Internal).with("what", "no block of ids")),
    }
}

/// Gives back what is left of a block, where nobody has taken one since: its kind, its next number and its end.
#[cfg(feature = "postgres")]
pub(crate) fn give_back((kind, next, end): (&'static str, i64, i64)) -> Query {
    query!("config/give_back.pg.sql", kind, next, end)
}

/// Stores that all numbers below `next` are taken.
pub(crate) fn reserve(connection: &mut dyn Connection, kind: &str, next: i64) -> Result<()> {
    connection.rows(query!("config/reserve.sql", kind, next)).map(drop)
}

/// Node and secret of the store; nothing in a file that was only just made.
pub(crate) fn identity(connection: &mut dyn Connection) -> Result<Option<(i64, Vec<u8>)>> {
    let Some(mut row) = connection.first(query!("config/store.sql"))? else { return Ok(None) };
    let node = row.int()?;
    row.value()?;
    Ok(Some((node, row.blob()?)))
}

/// Writes node and secret into a new store.
pub(crate) fn init(connection: &mut dyn Connection, node: i64, created: i64, secret: Vec<u8>) -> Result<()> {
    connection.rows(query!("config/init.sql", node, created, Value::Blob(secret))).map(drop)
}

/// Replaces the secret of a store by that of the store it is a copy of.
#[cfg(feature = "postgres")]
pub(crate) fn put_secret(connection: &mut dyn Connection, secret: Vec<u8>) -> Result<()> {
    connection.rows(query!("config/put_secret.sql", Value::Blob(secret))).map(drop)
}
