//! The check: everything derived is made again from the ledger and compared.

use super::value::{Connection, Query, query};
use crate::ops::check::Difference;
use carnet_domain::Result;
use carnet_domain::lots::Take;
use carnet_domain::money::proportion;
use std::collections::BTreeMap;

/// What the check found.
#[derive(Debug, Default)]
pub(crate) struct Found {
    pub differences: Vec<Difference>,
    pub rows: i64,
}

/// Compares everything.
pub(crate) fn check(connection: &mut dyn Connection) -> Result<Found> {
    let mut found = Found::default();
    for (index, line) in (1_i64..).zip(connection.integrity()?) {
        found.add("file.integrity", index, "ok", &line);
    }
    // Each answers rows of id, expected, found: only those that differ.
    let comparisons: [(&str, Query); 27] = [
        ("transfer.balance", query!("check/balance.sql")),
        ("transfer.deferred_revenue", query!("check/deferred.sql")),
        ("transfer.deferred_revenue_of_time", query!("check/deferred_time.sql")),
        ("transfer.reversed", query!("check/reversed.sql")),
        ("transfer.reverses", query!("check/reverses.sql")),
        ("transfer.lot", query!("check/granted.sql")),
        ("lot.is_open", query!("check/open.sql")),
        ("lot.held", query!("check/held.sql")),
        ("lot.held_until", query!("check/held_until.sql")),
        ("hold.state", query!("check/hold.sql")),
        ("use.amount", query!("check/use_amount.sql")),
        ("use.reversed", query!("check/use_reversed.sql")),
        ("use.back", query!("check/use_back.sql")),
        ("booking.use", query!("check/booking_use.sql")),
        ("booking.visit", query!("check/booking_visit.sql")),
        ("conflict.visit", query!("check/conflict.sql")),
        ("pass.live_until", query!("check/live.sql")),
        ("gate.visits", query!("check/gate.sql")),
        ("gate.last_visit", query!("check/gate_last.sql")),
        ("gate.last_exit", query!("check/gate_exit.sql")),
        ("gate.inside", query!("check/gate_inside.sql")),
        ("gate.passes", query!("check/gate_passes.sql")),
        ("client.spent", query!("check/spent.sql")),
        ("presence.visit", query!("check/presence.sql")),
        ("visit.use", query!("check/visit_use.sql")),
        ("opening.transfers", query!("check/opening.sql")),
        ("journal.position", query!("check/journal.sql")),
    ];
    for (what, query) in comparisons {
        for mut row in connection.rows(query)? {
            let (id, expected, stored) = (row.int()?, row.int()?, row.int()?);
            found.add(what, id, &expected.to_string(), &stored.to_string());
        }
    }
    for mut row in connection.rows(query!("check/keys.sql" or "check/keys.pg.sql"))? {
        found.add("idempotency.position", row.int()?, "an entry", "none");
    }
    lots(connection, &mut found)?;
    counters(connection, &mut found)?;
    if let Some(mut row) = connection.first(query!("check/rows.sql"))? {
        found.rows = row.int()?;
    }
    Ok(found)
}

impl Found {
    fn add(&mut self, what: &str, id: i64, expected: &str, stored: &str) {
        self.differences.push(Difference {
            what: what.to_owned(),
            id,
            expected: expected.to_owned(),
            found: stored.to_owned(),
        });
    }
}

/// What is left of each lot, and what it has earned, from the uses that the transfers record.
fn lots(connection: &mut dyn Connection, found: &mut Found) -> Result<()> {
    let mut used: BTreeMap<i64, (i64, i64)> = BTreeMap::new();
    for mut row in connection.rows(query!("check/uses.sql"))? {
        let gives_back = row.flag()?;
        let takes: Vec<Take> = row.json()?;
        let sign = if gives_back { -1 } else { 1 };
        for taken in takes {
            let (amount, recognised) = used.entry(taken.lot.0).or_default();
            *amount = amount.saturating_add(taken.amount.saturating_mul(sign));
            *recognised = recognised.saturating_add(taken.recognised.saturating_mul(sign));
        }
    }
    for mut row in connection.rows(query!("check/lots.sql"))? {
        let (lot, amount, rest) = (row.int()?, row.int()?, row.int()?);
        let (value, recognised, released) = (row.int()?, row.int()?, row.int()?);
        let (taken, earned) = used.remove(&lot).unwrap_or_default();
        let expected = amount.saturating_sub(taken);
        if expected != rest {
            found.add("lot.rest", lot, &expected.to_string(), &rest.to_string());
        }
        // However it went, what is gone of a lot has its share of the value.
        let gone = proportion(value, amount.saturating_sub(rest), amount)?;
        if gone != recognised.saturating_add(released) {
            let expected = gone.saturating_sub(recognised);
            found.add("lot.released", lot, &expected.to_string(), &released.to_string());
        }
        if earned != recognised {
            found.add("lot.recognised", lot, &earned.to_string(), &recognised.to_string());
        }
    }
    for lot in used.into_keys() {
        found.add("transfer.lots", lot, "a lot", "none");
    }
    Ok(())
}

/// No id that exists may be handed out again.
fn counters(connection: &mut dyn Connection, found: &mut Found) -> Result<()> {
    let mut next: BTreeMap<String, i64> = BTreeMap::new();
    for mut row in connection.rows(query!("check/counters.sql"))? {
        next.insert(row.text()?, row.int()?);
    }
    for mut row in connection.rows(query!("check/max_ids.sql"))? {
        let (kind, largest) = (row.text()?, row.int()?);
        let counter = next.get(&kind).copied().unwrap_or(1);
        if counter <= largest {
            found.add(
                &format!("counter.{kind}"),
                largest,
                &format!("more than {largest}"),
                &counter.to_string(),
            );
        }
    }
    Ok(())
}
