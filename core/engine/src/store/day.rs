//! The business day: what is open, and what a close must post.

use super::account::lot_columns;
use super::pass::columns as pass_columns;
use super::value::{Connection, Query, query};
use carnet_domain::account::Unit;
use carnet_domain::lots::Lot;
use carnet_domain::pass::Pass;
use carnet_domain::{ClientId, Date, Instant, PassId, PlanId, Result, VenueId};

/// Stores that a day is open.
pub(crate) fn open(venue: VenueId, date: Date, at: Instant, queries: &mut Vec<Query>) {
    queries.push(query!("day/open.sql", venue, date, at));
    queries.push(query!("day/clock_open.sql", venue, date, at));
}

/// Stores that the open day is closed.
pub(crate) fn close(venue: VenueId, date: Date, at: Instant, queries: &mut Vec<Query>) {
    queries.push(query!("day/close.sql", venue, date, at));
    queries.push(query!("day/clock_close.sql", venue, date, at));
}

/// The time passes of a venue that had not ended at an instant.
pub(crate) fn time_passes(
    connection: &mut dyn Connection,
    venue: VenueId,
    since: Instant,
) -> Result<Vec<Pass>> {
    connection.rows(query!("day/time_passes.sql", venue, since))?.iter_mut().map(pass_columns).collect()
}

/// Passes that have started by an instant because their latest start was reached, which is not written yet.
pub(crate) fn late_starts(connection: &mut dyn Connection, venue: VenueId, at: Instant) -> Result<Vec<Pass>> {
    connection.rows(query!("day/late_starts.sql", venue, at))?.iter_mut().map(pass_columns).collect()
}

/// A lot whose time is over with something left on it.
pub(crate) struct Lapsed {
    pub lot: Lot,
    pub client: ClientId,
    pub pass: Option<PassId>,
    pub unit: Unit,
    pub plan: Option<PlanId>,
}

/// The lots of a venue that have expired by an instant, nothing held, something left.
pub(crate) fn lapsed(connection: &mut dyn Connection, venue: VenueId, at: Instant) -> Result<Vec<Lapsed>> {
    let rows = connection.rows(query!("day/lapsed_lots.sql", venue, at))?;
    rows.into_iter()
        .map(|mut row| {
            Ok(Lapsed {
                lot: lot_columns(&mut row)?,
                client: row.id()?,
                pass: row.opt_id()?,
                unit: row.parsed()?,
                plan: row.opt_id()?,
            })
        })
        .collect()
}
