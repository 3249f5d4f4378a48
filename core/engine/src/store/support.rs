//! Numbers about a store that say nothing of anybody.

use super::value::{Connection, query};
use carnet_domain::decision::DenyReason;
use carnet_domain::{Instant, Result};

/// The rows of every table but that of the clocks, which a server keeps in its journal.
pub(crate) fn tables(connection: &mut dyn Connection) -> Result<Vec<(&'static str, i64)>> {
    let mut counts = Vec::new();
    for table in super::dump::tables().filter(|table| *table != "venue_clock") {
        let rows = connection.table(&format!("SELECT count(*) FROM {table}"))?;
        let count = rows.into_iter().next().map(|mut row| row.int()).transpose()?;
        counts.push((table, count.unwrap_or(0)));
    }
    Ok(counts)
}

/// The next number of each kind of id.
pub(crate) fn ids(connection: &mut dyn Connection) -> Result<Vec<(String, i64)>> {
    let mut found: Vec<(String, i64)> = Vec::new();
    for mut row in connection.rows(query!("check/counters.sql"))? {
        found.push((row.text()?, row.int()?));
    }
    found.sort();
    Ok(found)
}

/// The operations of the journal: how many of each, the earliest and the latest.
pub(crate) fn operations(connection: &mut dyn Connection) -> Result<Vec<(String, i64, Instant, Instant)>> {
    let rows = connection.rows(query!("support/operations.sql"))?;
    rows.into_iter().map(|mut row| Ok((row.text()?, row.int()?, row.instant()?, row.instant()?))).collect()
}

/// The refused attempts at doors: how many for each reason, and the last of them.
pub(crate) fn refused(connection: &mut dyn Connection) -> Result<Vec<(DenyReason, i64, Instant)>> {
    let rows = connection.rows(query!("support/refused.sql"))?;
    rows.into_iter()
        .map(|mut row| Ok((row.word(DenyReason::from_text)?, row.int()?, row.instant()?)))
        .collect()
}
