//! Passes.

use super::config::put_external_ids;
use super::value::{Connection, Query, Row, json, opt, query};
use carnet_domain::client::ExternalId;
use carnet_domain::ids::Id;
use carnet_domain::pass::{Pass, PassStatus};
use carnet_domain::plan::PlanTag;
use carnet_domain::{ClientId, Instant, Money, PassId, Percent, PlanId, Result};

/// Reads the columns of a pass; its external ids are read apart, where they are shown.
pub(crate) fn columns(row: &mut Row) -> Result<Pass> {
    let (pass, version, client, plan, venue) = (row.id()?, row.int()?, row.id()?, row.id()?, row.id()?);
    let (kind, name, priority) = (row.word(PlanTag::from_text)?, row.opt_text()?, row.int32()?);
    let (sold, starts, latest_start) = (row.instant()?, row.opt_instant()?, row.opt_instant()?);
    let (ends, validity, status) = (row.opt_instant()?, row.opt_json()?, row.word(PassStatus::from_text)?);
    let (closed, currency) = (row.opt_instant()?, row.parsed()?);
    Ok(Pass {
        pass,
        version,
        client,
        plan,
        venue,
        kind,
        name,
        priority,
        sold,
        starts,
        latest_start,
        ends,
        validity,
        status,
        closed,
        price: Money::new(row.int()?, currency),
        value: Money::new(row.int()?, currency),
        tax: Percent::from_ten_thousandths(row.int()?),
        account: row.opt_id()?,
        services: row.json()?,
        categories: row.json()?,
        venues: row.json()?,
        external_ids: Vec::new(),
    })
}

/// Reads one pass with its external ids.
pub(crate) fn get(connection: &mut dyn Connection, id: PassId) -> Result<Option<Pass>> {
    let queries = [query!("pass/get.sql", id), query!("config/external_ids_of.sql", "pass", id)];
    let mut answers = connection.batch(&queries)?.into_iter();
    let row = answers.next().and_then(|rows| rows.into_iter().next());
    let Some(mut row) = row else { return Ok(None) };
    let mut pass = columns(&mut row)?;
    for mut row in answers.next().unwrap_or_default() {
        pass.external_ids.push(ExternalId { system: row.text()?, value: row.text()? });
    }
    Ok(Some(pass))
}

/// Which passes a list shows.
pub(crate) enum Listed {
    OfClient(ClientId),
    OfPlan(PlanId),
    All,
    /// Usable after the first instant and ending before the second, by their end.
    Ending(Instant, Instant),
}

/// A page of passes: the newest first, or by their end.
pub(crate) fn list(
    connection: &mut dyn Connection,
    listed: &Listed,
    after: Option<&Pass>,
    limit: i64,
) -> Result<Vec<Pass>> {
    let below = after.map_or(i64::MAX, |pass| pass.pass.get());
    let query = match listed {
        Listed::OfClient(client) => query!("pass/of_client.sql", *client, below, limit),
        Listed::OfPlan(plan) => query!("pass/of_plan.sql", *plan, below, limit),
        Listed::All => query!("pass/all.sql", below, limit),
        Listed::Ending(from, before) => {
            let (end, id) =
                after.map_or((from.micros(), 0), |pass| (live_until(pass).micros(), pass.pass.get()));
            query!("pass/ending.sql", *from, *before, end, id, limit)
        }
    };
    connection.rows(query)?.iter_mut().map(columns).collect()
}

/// The end by which the door looks a pass up: the end of time while none is known.
fn live_until(pass: &Pass) -> Instant {
    if pass.starts.is_none() { Instant::FOREVER } else { pass.ends.unwrap_or(Instant::FOREVER) }
}

/// Stores that a pass which waited has started.
pub(crate) fn start(pass: PassId, starts: Instant, ends: Option<Instant>) -> Query {
    query!("pass/start.sql", pass, starts, opt(ends), ends.unwrap_or(Instant::FOREVER))
}

/// Stores a pass. Price, tax, value and coverage are written once, at the sale.
pub(crate) fn put(pass: &Pass, queries: &mut Vec<Query>) -> Result<()> {
    queries.push(query!(
        "pass/put.sql",
        pass.pass,
        pass.version,
        pass.client,
        pass.plan,
        pass.venue,
        pass.kind.as_str(),
        opt(pass.name.as_ref()),
        pass.priority,
        pass.sold,
        opt(pass.starts),
        opt(pass.latest_start),
        opt(pass.ends),
        opt(pass.validity.as_ref().map(json).transpose()?),
        pass.status.as_str(),
        opt(pass.closed),
        pass.price.currency().code(),
        pass.price.minor(),
        pass.value.minor(),
        pass.tax.ten_thousandths(),
        opt(pass.account),
        json(&pass.services)?,
        json(&pass.categories)?,
        json(&pass.venues)?,
        live_until(pass),
    ));
    put_external_ids(pass.pass, &pass.external_ids, pass.version, queries);
    Ok(())
}
