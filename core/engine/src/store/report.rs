//! What the reports are made of.

use super::value::{Connection, Query, Row, query};
use carnet_domain::account::{Counter, TransferReason};
use carnet_domain::{ClientId, Currency, Instant, PlanId, Result, ServiceId, VenueId};

fn mapped<T>(
    connection: &mut dyn Connection,
    query: Query,
    map: impl Fn(&mut Row) -> Result<T>,
) -> Result<Vec<T>> {
    connection.rows(query)?.iter_mut().map(map).collect()
}

fn number(connection: &mut dyn Connection, query: Query) -> Result<i64> {
    match connection.first(query)? {
        Some(mut row) => row.int(),
        None => Ok(0),
    }
}

/// Passes sold in a period: plan, count, total.
pub(crate) fn sales(
    connection: &mut dyn Connection,
    venue: VenueId,
    (from, to): (Instant, Instant),
    currency: Currency,
) -> Result<Vec<(PlanId, i64, i64)>> {
    let query = query!("report/sales.sql", venue, from, to, currency.code());
    mapped(connection, query, |row| Ok((row.id()?, row.int()?, row.int()?)))
}

/// What passes and top-ups moved at the tills in a period: counter (none for accounts), reason, amount, refunds negative.
pub(crate) fn tills(
    connection: &mut dyn Connection,
    venue: VenueId,
    (from, to): (Instant, Instant),
    currency: Currency,
) -> Result<Vec<(Option<Counter>, TransferReason, i64)>> {
    let query = query!("report/tills.sql", venue, from, to, currency.code());
    mapped(connection, query, |row| {
        Ok((row.opt_word(Counter::from_text)?, row.word(TransferReason::from_text)?, row.int()?))
    })
}

/// The visits that began in a period: when, and whose.
pub(crate) fn visits(
    connection: &mut dyn Connection,
    venue: VenueId,
    from: Instant,
    to: Instant,
) -> Result<Vec<(Instant, ClientId)>> {
    mapped(connection, query!("report/visits.sql", venue, from, to), |row| Ok((row.instant()?, row.id()?)))
}

/// The attempts refused in a period.
pub(crate) fn refused(
    connection: &mut dyn Connection,
    venue: VenueId,
    from: Instant,
    to: Instant,
) -> Result<i64> {
    number(connection, query!("report/refused.sql", venue, from, to))
}

/// What moved the value that is owed for the passes of a plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Owing {
    Sold,
    Recognised,
    Breakage,
    Refunded,
    TakenOver,
    HandedOver,
}

impl Owing {
    fn from_text(text: &str) -> Option<Self> {
        Some(match text {
            "sold" => Self::Sold,
            "recognised" => Self::Recognised,
            "breakage" => Self::Breakage,
            "refunded" => Self::Refunded,
            "taken_over" => Self::TakenOver,
            "handed_over" => Self::HandedOver,
            _ => return None,
        })
    }
}

/// What was posted for the passes of each plan, before a period and in it: plan, what moved it, both amounts.
pub(crate) fn books(
    connection: &mut dyn Connection,
    venue: VenueId,
    (from, to): (Instant, Instant),
    currency: Currency,
) -> Result<Vec<(PlanId, Owing, i64, i64)>> {
    let query = query!("report/books.sql", venue, currency.code(), from, to);
    mapped(connection, query, |row| Ok((row.id()?, row.word(Owing::from_text)?, row.int()?, row.int()?)))
}

/// Passes of each plan that still owe something, but for time passes, whose rest is a matter of the calendar.
pub(crate) fn open_passes(
    connection: &mut dyn Connection,
    venue: VenueId,
    currency: Currency,
) -> Result<Vec<(PlanId, i64)>> {
    let query = query!("report/open_passes.sql", venue, currency.code());
    mapped(connection, query, |row| Ok((row.id()?, row.int()?)))
}

/// Money on accounts of a venue that can be spent.
pub(crate) fn on_accounts(
    connection: &mut dyn Connection,
    venue: VenueId,
    currency: Currency,
    at: Instant,
) -> Result<i64> {
    number(connection, query!("report/accounts.sql", venue, currency.code(), at))
}

/// Tax collected and not handed on.
pub(crate) fn tax_payable(
    connection: &mut dyn Connection,
    venue: VenueId,
    currency: Currency,
) -> Result<i64> {
    number(connection, query!("report/tax.sql", venue, currency.code()))
}

/// How often one service was rendered, and the value that was earned by it.
pub(crate) struct Rendered {
    pub service: ServiceId,
    pub visits: i64,
    pub uses: i64,
    pub bookings: i64,
    pub value: i64,
}

/// What was rendered in a period, by service.
pub(crate) fn rendered(
    connection: &mut dyn Connection,
    venue: VenueId,
    (from, to): (Instant, Instant),
    currency: Currency,
) -> Result<Vec<Rendered>> {
    let query = query!("report/rendered.sql", venue, from, to, currency.code());
    mapped(connection, query, |row| {
        Ok(Rendered {
            service: row.id()?,
            visits: row.int()?,
            uses: row.int()?,
            bookings: row.int()?,
            value: row.int()?,
        })
    })
}
