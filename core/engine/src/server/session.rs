//! A session: one connection and the ids it may hand out. An operation is a transaction of two exchanges: what it reads
//! and locks, and what it writes with the commit. Who is in another's way decides again, alone.

use super::Origin;
use super::sealer;
use crate::ahead::{self, Ahead, Known};
use crate::call::Call;
use crate::clocks::Clocks;
use crate::execute::{self, Done, Journal, Surroundings, Written};
use crate::ids::Ids;
use crate::journal;
use crate::operation::Operation;
use crate::ops::journal::JournalEntry;
use crate::replay;
use crate::store::config::{self, Config};
use crate::store::journal as stored;
use crate::store::postgres::connection::{Bank, PgConnection};
use crate::store::postgres::failure::Remedy;
use crate::store::postgres::schema;
use crate::store::value::{Connection, Query};
use carnet_domain::{Error, Instant, Reason, Result};
use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

/// How often an operation decides again because another was in its way. From the second time on it is alone.
const TRIES: u32 = 6;

/// How an operation goes about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    /// Beside others, as if its keys were new: almost all are. The constraint on them says at the commit whether one was
    /// not.
    Trusting,
    /// Beside others, after a look at its keys.
    Beside,
    /// With the whole store to itself.
    Alone,
}

/// Whether something of a write may be stored: then its ids are used, though nobody may know.
fn may_be_stored(result: &Result<Written>) -> bool {
    match result {
        Ok(written) => written.stored,
        Err(error) => error.reason() == Reason::UnknownOutcome,
    }
}

/// One session.
pub(crate) struct Session {
    connection: PgConnection,
    origin: Arc<Origin>,
    ids: Ids,
    deadline: std::time::Instant,
    /// Several operations are one transaction.
    batch: bool,
    /// Something was stored since this was asked last.
    stored: bool,
}

impl Session {
    pub fn new(mut connection: PgConnection, origin: &Arc<Origin>) -> Self {
        let ids = Ids::new(origin.node);
        connection.reserve_from(Arc::clone(origin) as Arc<dyn Bank>);
        let deadline = connection.deadline;
        Self { connection, origin: Arc::clone(origin), ids, deadline, batch: false, stored: false }
    }

    /// Sets until when the server is waited for.
    pub const fn wait_until(&mut self, deadline: std::time::Instant) {
        self.deadline = deadline;
        self.connection.deadline = deadline;
    }

    /// Whether something was stored since this was asked last.
    pub const fn take_stored(&mut self) -> bool {
        std::mem::replace(&mut self.stored, false)
    }

    /// The connection, for what is not an operation.
    pub const fn connection(&mut self) -> &mut PgConnection {
        &mut self.connection
    }

    /// A sound connection. Waits for a server that is gone until the deadline.
    fn revive(&mut self) -> Result<()> {
        self.connection = self.origin.reach(self.deadline)?;
        self.connection.reserve_from(Arc::clone(&self.origin) as Arc<dyn Bank>);
        Ok(())
    }

    /// Carries out work that may be in another's way: again, alone, and on a new connection where the old one broke.
    /// `resolves` says that repeating it cannot do it twice, so that also an unknown outcome is repeated.
    fn again<T>(&mut self, resolves: bool, mut work: impl FnMut(&mut Self, bool) -> Result<T>) -> Result<T> {
        let mut tries = 0_u32;
        loop {
            if !self.connection.is_sound() {
                self.revive()?;
            }
            let error = match work(self, tries > 0) {
                Ok(value) => return Ok(value),
                Err(error) => error,
            };
            tries = tries.saturating_add(1);
            let unknown = error.reason() == Reason::UnknownOutcome;
            let repeat = match self.connection.remedy() {
                Remedy::Repeat => true,
                Remedy::Reconnect => !unknown || resolves,
                Remedy::Tell => false,
            };
            let late = std::time::Instant::now() >= self.deadline;
            if !repeat || late || tries >= TRIES {
                return Err(error);
            }
        }
    }

    /// Carries out one write.
    pub fn perform(&mut self, call: &Call, operation: &mut dyn Operation) -> Result<Done> {
        let now = self.origin.shared.now(call)?;
        if self.batch {
            return self.attempt(call, operation, now, Way::Alone);
        }
        let resolves = call.key.is_some() || call.late.is_some();
        self.again(resolves, |session, alone| {
            let way = if alone { Way::Alone } else { Way::Trusting };
            let result = session.attempt(call, operation, now, way);
            session.end(result.is_ok());
            result
        })
    }

    /// Ends what an operation has not ended itself with its last statement.
    fn end(&mut self, ok: bool) {
        // A refusal, a dry run or a repeated key has written nothing.
        if !ok || !self.connection.is_free() {
            self.connection.rollback();
        }
    }

    fn attempt(
        &mut self,
        call: &Call,
        operation: &mut dyn Operation,
        now: Instant,
        way: Way,
    ) -> Result<Done> {
        let kept = self.origin.shared.config();
        let venue = execute::venue_of_write(operation.name(), &kept, call).ok().flatten();
        let known = Known {
            config: &kept,
            venue: venue.and_then(|venue| kept.venues.get(&venue)),
            at: call.at.unwrap_or(now),
        };
        let sent = ahead::of(operation.request(), &known);
        let beside = sent.is_some() && way != Way::Alone;
        let looks_for_keys = !beside || way == Way::Beside || call.dry_run;
        let Ahead { lock: row, reads } = sent.unwrap_or_default();
        let row = row.filter(|_| beside);
        if !self.batch {
            self.connection.begin([if beside { schema::lock_shared() } else { schema::lock_alone() }]);
        }
        // The lock first: what is read after it is read under it. Version and clock come with it.
        let holds = row.is_some();
        let first = row.or_else(|| venue.map(stored::unsealed::version_and_clock_query));
        let mut asked = vec![first.clone().unwrap_or_else(config::version_query)];
        if looks_for_keys {
            asked.extend(execute::keys_of(call, venue));
        }
        asked.extend(self.seeded().then(stored::tip_query));
        asked.extend(reads);
        self.connection.look_ahead(asked)?;
        let known = match first {
            Some(first) => stored::unsealed::version_and_clock(&mut self.connection, first)?,
            None => Some((config::version(&mut self.connection)?, stored::VenueClock::default())),
        };
        let (version, clock) = match known {
            Some(known) => known,
            None if holds => {
                // Another may add this client at this moment: what was read after the lock would be decided on without it.
                self.connection.rollback();
                return self.attempt(call, operation, now, Way::Alone);
            }
            None => return Err(Error::new(Reason::Corrupt).with("what", "the version of the configuration")),
        };
        let mut clocks = venue.map_or_else(Clocks::default, |venue| Clocks::knowing(venue, clock));
        let config = self.confirmed(kept, version)?;
        let mut tip = match self.seeded() {
            true => stored::tip(&mut self.connection)?,
            false => stored::Tip { position: 0, hash: Vec::new() },
        };
        let number = if self.seeded() { tip.position.saturating_add(1) } else { self.origin.next_salt() };
        let before = self.ids.clone();
        let origin = Arc::clone(&self.origin);
        let mut began = false;
        let around = Surroundings {
            connection: &mut self.connection,
            ids: &mut self.ids,
            config,
            journal: match self.batch && origin.entropy.seeded {
                true => Journal::Alone(&mut tip),
                false => Journal::Unsealed { last: !self.batch },
            },
            clocks: &mut clocks,
            looks_for_keys,
            began: &mut began,
            now,
            salt: &|_| origin.entropy.draw("salt", number),
        };
        let result = execute::write(around, call, operation);
        if !may_be_stored(&result) {
            self.ids.undo(before);
        }
        self.stored |= may_be_stored(&result);
        let has_keys = call.key.is_some() || call.late.is_some();
        if result.is_err() && has_keys && !looks_for_keys && self.connection.is_open() {
            // It may have been done already, and that is why it is refused now.
            self.connection.rollback();
            return self.attempt(call, operation, now, Way::Beside);
        }
        let Written { mut done, stored: kept, touches_config } = result?;
        if touches_config && !self.batch {
            self.reload();
        }
        if !kept && !self.batch {
            self.connection.rollback();
        }
        if kept && !self.batch && self.seeded() {
            // Whatever happens now, the operation is stored: it must not be repeated.
            self.seal_up_to(number).map_err(|_| Error::from(Reason::UnknownOutcome))?;
            done.position = Some(number);
        }
        Ok(done)
    }

    /// Whether every draw is fixed. Then the replies are, too: each entry is sealed before its operation is answered, as
    /// one caller at a time can have it, and every other must wait for.
    fn seeded(&self) -> bool {
        self.origin.entropy.seeded
    }

    /// The configuration that the open transaction sees, where this is its version.
    fn confirmed(&mut self, kept: Arc<Config>, version: i64) -> Result<Arc<Config>> {
        if version == kept.version {
            return Ok(kept);
        }
        schema::refuse_other(&mut self.connection)?;
        let read = config::load(&mut self.connection)?;
        // What an open batch has written may never be there for others.
        if self.batch { Ok(Arc::new(read)) } else { Ok(self.origin.shared.keep(read)) }
    }

    /// Reads the configuration again that was just changed. Where that fails, the next operation sees that it is old.
    fn reload(&mut self) {
        match config::load(&mut self.connection) {
            Ok(read) => drop(self.origin.shared.keep(read)),
            Err(error) => {
                tracing::debug!(reason = error.reason().as_str(), "the configuration is read again later");
            }
        }
    }

    /// Carries out several operations, all or none: the index and error of the first that fails.
    pub fn all_or_none<T>(
        &mut self,
        mut work: impl FnMut(&mut Self) -> std::result::Result<T, (usize, Error)>,
    ) -> std::result::Result<T, (usize, Error)> {
        let mut index = 0;
        let before = self.ids.clone();
        let result = self.again(false, |session, _| {
            session.connection.begin([schema::lock_alone()]);
            session.batch = true;
            let ready = match session.seeded() {
                true => stored::unsealed::lock(&mut session.connection, schema::SEALER_LOCK),
                false => Ok(()),
            };
            let result =
                ready.map_err(|error| (0, error)).and_then(|()| work(session)).map_err(|(at, error)| {
                    index = at;
                    error
                });
            session.batch = false;
            let result = result.and_then(|value| {
                index = 0;
                session.connection.commit().map(|()| value)
            });
            if let Err(error) = &result {
                session.connection.rollback();
                if error.reason() != Reason::UnknownOutcome {
                    session.ids.undo(before.clone());
                }
            }
            result
        });
        result.map_err(|error| (index, error))
    }

    /// Carries out a read: one that says itself what configuration it saw in one statement, every other on a snapshot.
    pub fn read(&mut self, call: &Call, operation: &mut dyn Operation, now: Instant) -> Result<Done> {
        self.again(true, |session, _| {
            let kept = session.origin.shared.config();
            if execute::reads_at_once(operation.name()) {
                if let Some(result) =
                    execute::read_at_once(&mut session.connection, Arc::clone(&kept), call, operation, now)
                {
                    return result;
                }
                if !session.connection.is_sound() {
                    return Err(Reason::Unreachable.into());
                }
            }
            session.connection.begin_snapshot();
            let result = session
                .connection
                .look_ahead(vec![config::version_query()])
                .and_then(|()| config::version(&mut session.connection))
                .and_then(|version| session.confirmed(kept, version))
                .and_then(|config| execute::read(&mut session.connection, config, call, operation, now));
            session.connection.rollback();
            result
        })
    }

    /// Seals until this entry is sealed: who runs elsewhere on the server may keep it back for a moment.
    fn seal_up_to(&mut self, number: i64) -> Result<()> {
        loop {
            self.seal()?;
            if stored::tip(&mut self.connection)?.position >= number {
                return Ok(());
            }
            if std::time::Instant::now() >= self.deadline {
                return Err(
                    Error::new(Reason::Busy).with("what", "an older transaction keeps the journal open")
                );
            }
            std::thread::sleep(Duration::from_millis(1));
        }
    }

    /// Seals every entry that can be, so that what was committed before is seen.
    pub fn seal(&mut self) -> Result<()> {
        self.again(true, |session, _| {
            loop {
                let sealed = sealer::seal(&mut session.connection, true)?;
                // What is left is younger than a transaction that still runs.
                if sealed.count == 0 || !sealed.waiting {
                    return Ok(());
                }
            }
        })
    }

    /// Applies entries of another store's journal as the next ones of this, each with the position it had.
    pub fn replay(&mut self, entries: &[JournalEntry]) -> Result<()> {
        self.again(false, |session, _| {
            session.connection.begin([schema::lock_alone()]);
            let result = session.replay_page(entries).and_then(|()| session.connection.commit());
            if result.is_err() {
                session.connection.rollback();
            }
            result
        })?;
        let read = config::load(&mut self.connection)?;
        self.origin.shared.keep(read);
        Ok(())
    }

    fn replay_page(&mut self, entries: &[JournalEntry]) -> Result<()> {
        let connection = &mut self.connection;
        stored::unsealed::lock(connection, schema::SEALER_LOCK)?;
        let mut tip = stored::tip(connection)?;
        let mut taken: BTreeMap<&'static str, i64> = BTreeMap::new();
        for entry in entries {
            let (payload, salt) = replay::follow(entry, tip.position)?;
            let digest = journal::unsealed(&payload, salt)?.digest;
            let hash = journal::chain(&tip.hash, entry.position, &digest).to_vec();
            replay::same_chain(entry, &hash)?;
            let place = Journal::Unsealed { last: false };
            execute::apply(connection, place, &mut Clocks::default(), &payload, salt)?;
            tip = stored::Tip { position: entry.position, hash };
            connection.rows(stored::unsealed::seal_last(&tip))?;
            for (kind, counter) in replay::counters(&payload) {
                let most = taken.entry(kind).or_default();
                *most = counter.max(*most);
            }
        }
        for (kind, counter) in taken {
            if config::counter(connection, kind)? <= counter {
                config::reserve(connection, kind, counter.saturating_add(1))?;
            }
        }
        Ok(())
    }

    /// Gives back ids that were reserved and not used.
    pub fn return_ids(&mut self) -> Result<()> {
        let queries: Vec<Query> = self.ids.take_rest().into_iter().map(config::give_back).collect();
        if queries.is_empty() || !self.connection.is_sound() {
            return Ok(());
        }
        self.connection.batch(&queries).map(drop)
    }
}
