//! The sealer: gives the entries of the journal, which are written beside each other, one order, dense positions and
//! the chain. One of all engines seals at a time.
//!
//! An entry is sealed once no transaction is running that is older than its own. Its number was drawn while its
//! transaction held every lock that it decided on, so of two that touch the same client the earlier has the lower
//! number, and neither can be sealed in the other's place.

use super::Origin;
use crate::journal;
use crate::store::journal as stored;
use crate::store::postgres::connection::PgConnection;
use crate::store::postgres::schema::SEALER_LOCK;
use crate::store::value::Connection;
use carnet_domain::{Error, Reason, Result};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// How many entries are sealed in one transaction at most.
const PAGE: i64 = 500;
/// How long entries gather before they are sealed: every round is a commit beside those of the tills. Whoever reads the
/// journal seals first and does not wait for this.
const GATHER: Duration = Duration::from_millis(50);
/// How often the sealer looks for what a process that ended has left behind.
const IDLE: Duration = Duration::from_secs(1);
/// How soon it looks again where an older transaction still runs, or another engine seals.
const AGAIN: Duration = Duration::from_millis(20);

/// What the sealer is told.
#[derive(Default)]
struct Told {
    seal: bool,
    stop: bool,
}

/// Where it is told.
#[derive(Default)]
struct Ear {
    told: Mutex<Told>,
    more: Condvar,
}

impl Ear {
    fn told(&self) -> MutexGuard<'_, Told> {
        self.told.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits until there is something to seal and what came with it has gathered, or for this long: whether to go on.
    /// No time at all where a page was full.
    fn listen(&self, wait: Duration) -> bool {
        let waited = self.more.wait_timeout_while(self.told(), wait, |told| !told.seal && !told.stop);
        let mut told = waited.unwrap_or_else(PoisonError::into_inner).0;
        if told.seal && !wait.is_zero() {
            // Nobody who writes meanwhile wakes the thread.
            let gathered = self.more.wait_timeout_while(told, GATHER, |told| !told.stop);
            told = gathered.unwrap_or_else(PoisonError::into_inner).0;
        }
        told.seal = false;
        !told.stop
    }
}

/// The thread of the sealer.
pub(crate) struct Sealer {
    ear: Arc<Ear>,
    thread: Option<std::thread::JoinHandle<()>>,
}

impl Sealer {
    /// Starts it.
    pub fn start(origin: Arc<Origin>) -> Result<Self> {
        let ear = Arc::new(Ear::default());
        let heard = Arc::clone(&ear);
        let thread = std::thread::Builder::new()
            .name("carnet-sealer".to_owned())
            .spawn(move || run(&origin, &heard))
            .map_err(|_| Error::new(Reason::Internal).with("what", "no thread for the sealer"))?;
        Ok(Self { ear, thread: Some(thread) })
    }

    /// Says that there is something to seal.
    pub fn nudge(&self) {
        let mut told = self.ear.told();
        if !std::mem::replace(&mut told.seal, true) {
            drop(told);
            self.ear.more.notify_one();
        }
        if self.thread.as_ref().is_some_and(std::thread::JoinHandle::is_finished) {
            tracing::error!("the sealer has ended");
        }
    }
}

impl Drop for Sealer {
    fn drop(&mut self) {
        self.ear.told().stop = true;
        self.ear.more.notify_one();
        if self.thread.take().is_some_and(|thread| thread.join().is_err()) {
            tracing::error!("the sealer panicked");
        }
    }
}

fn run(origin: &Origin, ear: &Ear) {
    let mut connection: Option<PgConnection> = None;
    let mut wait = AGAIN;
    while ear.listen(wait) {
        let deadline = Instant::now().checked_add(Duration::from_secs(5)).unwrap_or_else(Instant::now);
        let sealed = match connection.take().and_then(PgConnection::if_sound) {
            Some(connection) => Ok(connection),
            None => origin.connect(deadline),
        }
        .and_then(|mut held| {
            held.deadline = deadline;
            let sealed = seal(&mut held, false);
            connection = Some(held);
            sealed
        });
        wait = match sealed {
            Ok(Sealed { waiting: false, .. }) => IDLE,
            Ok(Sealed { count, .. }) if i64::try_from(count) == Ok(PAGE) => Duration::ZERO,
            Ok(_) => AGAIN,
            Err(error) => {
                tracing::warn!(reason = error.reason().as_str(), "entries of the journal wait to be sealed");
                IDLE
            }
        };
    }
}

/// What came of one round.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Sealed {
    /// How many entries were sealed.
    pub count: usize,
    /// Whether some are left: more than a page, or younger than a transaction that still runs.
    pub waiting: bool,
}

/// Seals what can be sealed, up to a page. Where another engine seals, it is waited for if `wait`.
///
/// The commit is as durable as that of an operation: which entries a page held depends on who was still running, so a
/// position that was seen and lost in a crash could be given to another entry.
pub(crate) fn seal(connection: &mut PgConnection, wait: bool) -> Result<Sealed> {
    connection.begin([]);
    let sealed = seal_page(connection, wait);
    let result = sealed.and_then(|sealed| connection.commit().map(|()| sealed));
    if result.is_err() {
        connection.rollback();
    }
    result
}

fn seal_page(connection: &mut PgConnection, wait: bool) -> Result<Sealed> {
    let Some(page) = stored::unsealed::page(connection, SEALER_LOCK, wait, PAGE)? else {
        return Ok(Sealed { count: 0, waiting: true });
    };
    let stored::unsealed::Page { mut tip, entries, waiting: unsealed } = page;
    let count = entries.len();
    let waiting = unsealed > i64::try_from(count).unwrap_or(i64::MAX);
    let (after, mut numbers, mut hashes) = (tip.position, Vec::with_capacity(count), Vec::new());
    for (entry, digest) in entries {
        let position = tip.position.checked_add(1).ok_or(Reason::Internal)?;
        let hash = journal::chain(&tip.hash, position, &digest);
        hashes.extend_from_slice(&hash);
        numbers.push(entry.to_string());
        tip = stored::Tip { position, hash: hash.to_vec() };
    }
    if count > 0 {
        let page = stored::unsealed::seal(after, numbers.join(","), hashes);
        connection.commit_with_next();
        connection.batch(&[page, stored::unsealed::notify()])?;
    }
    Ok(Sealed { count, waiting })
}
