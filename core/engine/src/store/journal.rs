//! The journal, idempotency keys, and the clock of a venue.

use super::value::{Connection, Query, Row, query};
use carnet_domain::{Date, Instant, OperatorId, Result, VenueId};

/// The last position of the journal and its hash.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Tip {
    pub position: i64,
    pub hash: Vec<u8>,
}

/// Asks where the journal has come to.
pub(crate) fn tip_query() -> Query {
    query!("journal/tip.sql")
}

/// Where the journal has come to; position 0 and a hash of zeros before the first entry.
pub(crate) fn tip(connection: &mut dyn Connection) -> Result<Tip> {
    tip_of(connection.first(tip_query())?)
}

fn tip_of(row: Option<Row>) -> Result<Tip> {
    match row {
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
        "journal/entry_put.sqlite.sql",
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
        queries.push(query!("journal/payload_put.sqlite.sql", entry.position, salt, payload));
    }
}

/// A page of entries after a position.
pub(crate) fn page(connection: &mut dyn Connection, after: i64, limit: i64) -> Result<Vec<Entry>> {
    let rows = connection.rows(query!("journal/page.sql" or "journal/page.pg.sql", after, limit))?;
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
    /// Nothing while the entry is not sealed.
    pub position: Option<i64>,
    /// Nothing after an erasure.
    pub payload: Option<String>,
}

/// Asks for what lies under a key.
pub(crate) fn key_query(key: &Key) -> Query {
    query!("journal/key_get.sql" or "journal/key_get.pg.sql", key.venue, key.kind, &key.key)
}

/// Looks a key up.
pub(crate) fn key(connection: &mut dyn Connection, key: &Key) -> Result<Option<Stored>> {
    match connection.first(key_query(key))? {
        Some(mut row) => {
            Ok(Some(Stored { content: row.blob()?, position: row.opt_int()?, payload: row.opt_text()? }))
        }
        None => Ok(None),
    }
}

/// Stores a key.
pub(crate) fn put_key(key: Key, content: &[u8], position: i64) -> Query {
    query!("journal/key_put.sqlite.sql", key.venue, key.kind, key.key, content, position)
}

/// How far a venue's time has come, and its business day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct VenueClock {
    pub high_water: Option<Instant>,
    pub open_date: Option<Date>,
    pub last_closed_date: Option<Date>,
    pub last_closed_at: Option<Instant>,
}

/// Asks for the clock of a venue.
pub(crate) fn clock_query(venue: VenueId) -> Query {
    query!("journal/clock_get.sql" or "journal/clock_get.pg.sql", venue)
}

/// Reads the clock of a venue.
pub(crate) fn clock(connection: &mut dyn Connection, venue: VenueId) -> Result<VenueClock> {
    connection.first(clock_query(venue))?.map_or(Ok(VenueClock::default()), |mut row| clock_of(&mut row))
}

fn clock_of(row: &mut Row) -> Result<VenueClock> {
    Ok(VenueClock {
        high_water: row.opt_instant()?,
        open_date: row.opt_parsed()?,
        last_closed_date: row.opt_parsed()?,
        last_closed_at: row.opt_instant()?,
    })
}

/// Moves the clock of a venue forward.
pub(crate) fn advance_clock(venue: VenueId, at: Instant) -> Query {
    query!("journal/clock_put.sql", venue, at)
}

/// What only PostgreSQL needs, where entries are written first and sealed later.
#[cfg(feature = "postgres")]
pub(crate) mod unsealed {
    use super::{Connection, Entry, Key, Query, Result, Tip, VenueClock, VenueId, query, tip_of, tip_query};
    use crate::store::value::sql;

    /// Asks for the version of the configuration and the clock of a venue at once.
    pub(crate) fn version_and_clock_query(venue: VenueId) -> Query {
        query!("journal/version_and_clock.pg.sql", venue)
    }

    /// Reads both, as they were asked for with [`version_and_clock_query`] or with the lock of a client. Nothing where
    /// there is no row: no such client.
    pub(crate) fn version_and_clock(
        connection: &mut dyn Connection,
        query: Query,
    ) -> Result<Option<(i64, VenueClock)>> {
        let row = connection.first(query)?;
        row.map(|mut row| Ok((row.opt_int()?.unwrap_or(0), super::clock_of(&mut row)?))).transpose()
    }

    /// Stores an entry that has neither position nor hash yet, its payload and its keys.
    pub(crate) fn put(
        entry: Entry,
        rules_version: i64,
        clock: bool,
        keys: Vec<(Key, [u8; 32])>,
        queries: &mut Vec<Query>,
    ) {
        let Some((salt, payload)) = entry.payload else { return };
        let mut keys = keys.into_iter();
        let first = keys.next();
        let sql = match first {
            Some(_) => sql!("journal/entry_and_key_put.pg.sql"),
            None => sql!("journal/entry_put.sqlite.sql" or "journal/entry_put.pg.sql"),
        };
        let mut params = vec![
            entry.op.into(),
            entry.at.into(),
            crate::store::value::opt(entry.venue),
            crate::store::value::opt(entry.by),
            rules_version.into(),
            clock.into(),
            entry.digest.into(),
            salt.into(),
            payload.into(),
        ];
        if let Some((key, content)) = first {
            params.extend([key.venue.into(), key.kind.into(), key.key.into(), content.to_vec().into()]);
        }
        queries.push(Query { sql, params });
        queries.extend(keys.map(|(key, content)| put_key(key, &content)));
    }

    /// Stores a key of the entry stored last.
    fn put_key(key: Key, content: &[u8]) -> Query {
        query!(
            "journal/key_put.sqlite.sql" or "journal/key_put.pg.sql",
            key.venue,
            key.kind,
            key.key,
            content
        )
    }

    /// Becomes the one sealer until the transaction ends. Another is waited for if `wait`.
    fn lock_query(lock: i64, wait: bool) -> Query {
        match wait {
            true => query!("journal/sealer_wait.pg.sql", lock),
            false => query!("journal/sealer.pg.sql", lock),
        }
    }

    /// Waits until nobody else seals, and keeps others from it until the transaction ends.
    pub(crate) fn lock(connection: &mut dyn Connection, lock: i64) -> Result<()> {
        connection.first(lock_query(lock, true)).map(drop)
    }

    /// What can be sealed.
    pub(crate) struct Page {
        pub tip: Tip,
        /// Entries that can be sealed after it, by their numbers, with their digests.
        pub entries: Vec<(i64, Vec<u8>)>,
        /// How many entries are not sealed, these included.
        pub waiting: i64,
    }

    /// Becomes the one sealer, and says where the journal has come to and what can be sealed after it. Nothing if another
    /// seals and is not waited for.
    pub(crate) fn page(
        connection: &mut dyn Connection,
        lock: i64,
        wait: bool,
        limit: i64,
    ) -> Result<Option<Page>> {
        // One exchange: each statement sees what was committed before it began, so the later ones see what the sealer did
        // whom the first waited for.
        let queries =
            [lock_query(lock, wait), tip_query(), query!("journal/unsealed.pg.sql", limit), waiting_query()];
        let mut answers = connection.batch(&queries)?.into_iter();
        let mut first = || answers.next().and_then(|rows| rows.into_iter().next());
        if !first().map_or(Ok(false), |mut row| row.flag())? {
            return Ok(None);
        }
        let tip = tip_of(first())?;
        let entries = answers
            .next()
            .unwrap_or_default()
            .iter_mut()
            .map(|row| Ok((row.int()?, row.blob()?)))
            .collect::<Result<_>>()?;
        let waiting = match answers.next().and_then(|rows| rows.into_iter().next()) {
            Some(mut row) => row.int()?,
            None => 0,
        };
        Ok(Some(Page { tip, entries, waiting }))
    }

    fn waiting_query() -> Query {
        query!("journal/waiting.pg.sql")
    }

    /// How many entries are not sealed.
    pub(crate) fn waiting(connection: &mut dyn Connection) -> Result<i64> {
        connection.first(waiting_query())?.map_or(Ok(0), |mut row| row.int())
    }

    /// Gives entries their places after a position: their numbers with commas between them, their hashes one after
    /// the other.
    pub(crate) fn seal(after: i64, entries: String, hashes: Vec<u8>) -> Query {
        query!("journal/seal_page.pg.sql", after, entries, hashes)
    }

    /// Gives the entry stored last its place.
    pub(crate) fn seal_last(tip: &Tip) -> Query {
        query!("journal/seal_last.pg.sql", tip.position, tip.hash.as_slice())
    }

    /// Asks to be told.
    pub(crate) fn listen() -> Query {
        query!("journal/listen.pg.sql")
    }

    /// Tells who listens that there are new entries. Every store of a database is heard, so it says which this is.
    pub(crate) fn notify() -> Query {
        query!("journal/notify.pg.sql")
    }

    /// What the store is called in a notification.
    pub(crate) fn store_name(connection: &mut dyn Connection) -> Result<String> {
        connection.first(query!("journal/store_name.pg.sql"))?.map_or(Ok(String::new()), |mut row| row.text())
    }
}
