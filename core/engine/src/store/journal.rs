//! The journal, idempotency keys, and the clock of a venue.

use super::value::{Connection, Query, query};
use carnet_domain::{Date, Instant, OperatorId, Result, VenueId};

/// The last position of the journal and its hash.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Tip {
    pub position: i64,
    pub hash: Vec<u8>,
}

/// Where the journal has come to; position 0 and a hash of zeros before the first entry.
pub(crate) fn tip(connection: &mut dyn Connection) -> Result<Tip> {
    match connection.first(query!("journal/tip.sql"))? {
        Some(mut row) => Ok(Tip { position: row.int()?, hash: row.blob()? }),
        None => Ok(Tip { position: 0, hash: vec![0; 32] }),
    }
}

/// A sealed entry as it is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Entry {
    pub position: i64,
    pub op: String,
    pub at: Instant,
    pub venue: Option<VenueId>,
    pub by: Option<OperatorId>,
    pub digest: Vec<u8>,
    pub hash: Vec<u8>,
    /// Nothing after an erasure.
    pub payload: Option<(Vec<u8>, String)>,
}

/// Stores an entry and its payload.
pub(crate) fn put(entry: Entry, rules_version: i64, queries: &mut Vec<Query>) {
    queries.push(query!(
        "journal/entry_put.sql",
        entry.position,
        entry.op,
        entry.at,
        super::value::opt(entry.venue),
        super::value::opt(entry.by),
        rules_version,
        entry.digest,
        entry.hash,
    ));
    if let Some((salt, payload)) = entry.payload {
        queries.push(query!("journal/payload_put.sql", entry.position, salt, payload));
    }
}

/// A page of entries after a position.
pub(crate) fn page(connection: &mut dyn Connection, after: i64, limit: i64) -> Result<Vec<Entry>> {
    let rows = connection.rows(query!("journal/page.sql", after, limit))?;
    rows.into_iter()
        .map(|mut row| {
            Ok(Entry {
                position: row.int()?,
                op: row.text()?,
                at: row.instant()?,
                venue: row.opt_id()?,
                by: row.opt_id()?,
                digest: row.blob()?,
                hash: row.blob()?,
                payload: row.opt_blob()?.zip(row.opt_text()?),
            })
        })
        .collect()
}

/// A key of a caller or a device event, in its namespace.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Key {
    pub venue: i64,
    pub kind: &'static str,
    pub key: String,
}

/// What was stored under a key.
pub(crate) struct Stored {
    pub content: Vec<u8>,
    pub position: i64,
    /// Nothing after an erasure.
    pub payload: Option<String>,
}

/// Looks a key up.
pub(crate) fn key(connection: &mut dyn Connection, key: &Key) -> Result<Option<Stored>> {
    match connection.first(query!("journal/key_get.sql", key.venue, key.kind, &key.key))? {
        Some(mut row) => {
            Ok(Some(Stored { content: row.blob()?, position: row.int()?, payload: row.opt_text()? }))
        }
        None => Ok(None),
    }
}

/// Stores a key.
pub(crate) fn put_key(key: Key, content: &[u8], position: i64) -> Query {
    query!("journal/key_put.sql", key.venue, key.kind, key.key, content, position)
}

/// How far a venue's time has come, and its business day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct VenueClock {
    pub high_water: Option<Instant>,
    pub open_date: Option<Date>,
    pub last_closed_date: Option<Date>,
    pub last_closed_at: Option<Instant>,
}

/// Reads the clock of a venue.
pub(crate) fn clock(connection: &mut dyn Connection, venue: VenueId) -> Result<VenueClock> {
    match connection.first(query!("journal/clock_get.sql", venue))? {
        Some(mut row) => Ok(VenueClock {
            high_water: Some(row.instant()?),
            open_date: row.opt_parsed()?,
            last_closed_date: row.opt_parsed()?,
            last_closed_at: row.opt_instant()?,
        }),
        None => Ok(VenueClock::default()),
    }
}

/// Moves the clock of a venue forward.
pub(crate) fn advance_clock(venue: VenueId, at: Instant) -> Query {
    query!("journal/clock_put.sql", venue, at)
}
