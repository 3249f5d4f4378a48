//! What was taken over from older systems.

use super::value::{Connection, Query, Row, opt, query};
use carnet_domain::account::Unit;
use carnet_domain::client::ExternalId;
use carnet_domain::opening::{Opening, OpeningKind};
use carnet_domain::{Currency, Money, Result, VenueId};

/// What was taken over under this key.
pub(crate) fn get(
    connection: &mut dyn Connection,
    kind: OpeningKind,
    key: &ExternalId,
) -> Result<Option<Opening>> {
    let query = query!("opening/get.sql", kind.as_str(), &key.system, &key.value);
    connection.first(query)?.map(|row| columns(row, kind, key)).transpose()
}

fn columns(mut row: Row, kind: OpeningKind, key: &ExternalId) -> Result<Opening> {
    let (content, venue, client) = (row.text()?, row.id()?, row.id()?);
    let (pass, account, lot, group) = (row.opt_id()?, row.opt_id()?, row.opt_id()?, row.id()?);
    let (unit, rest, currency) = (row.opt_parsed()?, row.int()?, row.parsed()?);
    let (owed, price) = (row.int()?, row.opt_int()?);
    Ok(Opening {
        kind,
        external_id: key.clone(),
        content,
        venue,
        client,
        pass,
        account,
        lot,
        group,
        unit,
        rest,
        owed: Money::new(owed, currency),
        price: price.map(|price| Money::new(price, currency)),
    })
}

/// Stores what was taken over.
pub(crate) fn put(opening: &Opening) -> Query {
    query!(
        "opening/put.sql",
        opening.kind.as_str(),
        &opening.external_id.system,
        &opening.external_id.value,
        &opening.content,
        opening.venue,
        opening.client,
        opt(opening.pass),
        opt(opening.account),
        opt(opening.lot),
        opening.group,
        opt(opening.unit.map(|unit| unit.to_string())),
        opening.rest,
        opening.owed.currency().code(),
        opening.owed.minor(),
        opt(opening.price.map(Money::minor)),
    )
}

/// What was taken over of one kind, unit and currency.
pub(crate) struct Total {
    pub kind: OpeningKind,
    pub unit: Option<Unit>,
    pub count: i64,
    pub rest: i64,
    pub debt: i64,
    pub owed: Money,
}

/// What was taken over into the books of a venue, from one system or all.
pub(crate) fn totals(
    connection: &mut dyn Connection,
    venue: VenueId,
    system: Option<&str>,
) -> Result<Vec<Total>> {
    let rows = connection.rows(query!("opening/totals.sql", venue, opt(system)))?;
    rows.into_iter()
        .map(|mut row| {
            let (kind, unit) = (row.word(OpeningKind::from_text)?, row.opt_parsed()?);
            let currency: Currency = row.parsed()?;
            let (count, rest, debt) = (row.int()?, row.int()?, row.int()?);
            Ok(Total { kind, unit, count, rest, debt, owed: Money::new(row.int()?, currency) })
        })
        .collect()
}
