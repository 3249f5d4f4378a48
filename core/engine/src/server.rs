//! Several engines on one PostgreSQL server: a pool of sessions, each of which carries operations out in transactions
//! of their own, and a sealer that gives the entries of the journal their positions.

mod feed;
mod sealer;
mod session;
#[cfg(test)]
mod tests;

pub(crate) use session::Session;

use crate::call::Call;
use crate::entropy::Entropy;
use crate::execute::{self, Done};
use crate::operation::Operation;
use crate::options::Options;
use crate::store::journal::unsealed;
use crate::store::migrations::MIGRATIONS;
use crate::store::postgres::connection::{Bank, PgConnection};
use crate::store::postgres::place::Place;
use crate::store::postgres::schema;
use crate::store::{config, dump};
use crate::writer::Shared;
use carnet_domain::{Error, Instant, Reason, Result};
use sealer::Sealer;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// How many connections an engine keeps at most, if the options do not say.
const CONNECTIONS: usize = 8;
/// How long a server that is gone is left alone before it is asked again.
const PAUSE: Duration = Duration::from_millis(50);

/// How connections are made, and what they share.
pub(crate) struct Origin {
    pub place: Place,
    pub shared: Arc<Shared>,
    pub entropy: Entropy,
    pub node: i64,
    /// Numbers the salts that are drawn without a seed.
    salts: AtomicI64,
    /// The connection on which blocks of ids are reserved, outside of every transaction.
    bank: Mutex<Option<PgConnection>>,
}

impl Origin {
    /// The number that the next salt is drawn by, where none follows from the journal.
    pub fn next_salt(&self) -> i64 {
        self.salts.fetch_add(1, Ordering::Relaxed)
    }

    /// A new connection.
    pub fn connect(&self, deadline: std::time::Instant) -> Result<PgConnection> {
        PgConnection::open(&self.place, deadline).map_err(|failure| failure.error)
    }

    /// The same, waiting for a server that is gone until the deadline.
    pub fn reach(&self, deadline: std::time::Instant) -> Result<PgConnection> {
        loop {
            let error = match self.connect(deadline) {
                Ok(connection) => return Ok(connection),
                Err(error) => error,
            };
            let left = deadline.saturating_duration_since(std::time::Instant::now());
            if error.reason() != Reason::Unreachable || left <= PAUSE {
                return Err(error);
            }
            std::thread::sleep(PAUSE);
        }
    }
}

impl Bank for Origin {
    fn reserve(&self, kind: &str, count: i64, deadline: std::time::Instant) -> Result<i64> {
        let mut bank = lock(&self.bank);
        loop {
            let mut connection = match bank.take().and_then(PgConnection::if_sound) {
                Some(connection) => connection,
                None => self.reach(deadline)?,
            };
            connection.deadline = deadline;
            match config::reserve_block(&mut connection, kind, count) {
                Ok(first) => {
                    *bank = Some(connection);
                    return Ok(first);
                }
                // It broke since it was used last. A block that was reserved and not heard of is lost, which is no harm.
                Err(error)
                    if error.reason() == Reason::Unreachable && std::time::Instant::now() < deadline => {}
                Err(error) => return Err(error),
            }
        }
    }
}

/// The sessions of one engine.
#[derive(Default)]
struct Pool {
    idle: Vec<Session>,
    /// Those in use and those that are not.
    open: usize,
    closed: bool,
}

/// One engine's end of a server.
pub(crate) struct Server {
    origin: Arc<Origin>,
    pool: Mutex<Pool>,
    freed: Condvar,
    most: usize,
    sealer: Mutex<Option<Sealer>>,
    /// Opened for the first who waits for the feed.
    listener: Mutex<Option<feed::Listener>>,
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Server {
    /// Opens the store at a URL.
    pub fn open(url: &str, options: &Options, entropy: Entropy, wait: Duration) -> Result<Self> {
        let deadline = std::time::Instant::now().checked_add(wait).ok_or(Reason::OutOfRange)?;
        let place = Place::from_url(url, wait)?;
        let mut connection = PgConnection::open(&place, deadline).map_err(|failure| failure.error)?;
        schema::migrate(&mut connection, options, MIGRATIONS)?;
        let node = identity(&mut connection, options, &entropy)?;
        let kept = config::load(&mut connection)?;
        let shared = Arc::new(Shared::new(options.clock, kept));
        let origin = Arc::new(Origin {
            place,
            shared,
            entropy,
            node,
            salts: AtomicI64::new(0),
            bank: Mutex::new(None),
        });
        let most = if options.connections == 0 { CONNECTIONS } else { options.connections };
        let pool = Pool { idle: vec![Session::new(connection, &origin)], open: 1, closed: false };
        let sealer = Sealer::start(Arc::clone(&origin))?;
        Ok(Self {
            origin,
            pool: Mutex::new(pool),
            freed: Condvar::new(),
            most,
            sealer: Mutex::new(Some(sealer)),
            listener: Mutex::new(None),
        })
    }

    /// What its sessions share.
    pub fn shared(&self) -> &Shared {
        &self.origin.shared
    }

    /// Lends a session to a piece of work.
    pub fn with<T>(
        &self,
        deadline: std::time::Instant,
        work: impl FnOnce(&mut Session) -> Result<T>,
    ) -> Result<T> {
        let mut lease = Lease { server: self, session: Some(self.take(deadline)?) };
        let session = lease.session.as_mut().ok_or(Reason::Internal)?;
        session.wait_until(deadline);
        let result = work(session);
        if session.take_stored()
            && let Some(sealer) = lock(&self.sealer).as_ref()
        {
            sealer.nudge();
        }
        result
    }

    fn take(&self, deadline: std::time::Instant) -> Result<Session> {
        let mut pool = lock(&self.pool);
        loop {
            if pool.closed {
                return Err(Reason::Closed.into());
            }
            if let Some(session) = pool.idle.pop() {
                return Ok(session);
            }
            if pool.open < self.most {
                pool.open = pool.open.saturating_add(1);
                drop(pool);
                return match self.origin.reach(deadline) {
                    Ok(connection) => Ok(Session::new(connection, &self.origin)),
                    Err(error) => {
                        self.lost();
                        Err(error)
                    }
                };
            }
            let left = deadline.saturating_duration_since(std::time::Instant::now());
            if left.is_zero() {
                return Err(Error::new(Reason::Busy).with("what", "no free connection"));
            }
            pool = self.freed.wait_timeout(pool, left).unwrap_or_else(PoisonError::into_inner).0;
        }
    }

    fn is_closed(&self) -> bool {
        lock(&self.pool).closed
    }

    /// A session that was taken will not come back.
    fn lost(&self) {
        let mut pool = lock(&self.pool);
        pool.open = pool.open.saturating_sub(1);
        drop(pool);
        self.freed.notify_one();
    }

    fn give(&self, session: Session) {
        let mut pool = lock(&self.pool);
        // One that broke keeps its ids and gets a new connection when it is needed.
        pool.idle.push(session);
        drop(pool);
        self.freed.notify_one();
    }

    /// Carries out a read.
    pub fn read(
        &self,
        call: &Call,
        operation: &mut dyn Operation,
        now: Instant,
        deadline: std::time::Instant,
    ) -> Result<Done> {
        self.with(deadline, |session| {
            if execute::reads_journal(operation.name()) {
                session.seal()?;
            }
            session.read(call, operation, now)
        })
    }

    /// The whole state as text, at a moment at which every entry is sealed: else rows would be in it whose entry is not.
    pub fn dump(&self, deadline: std::time::Instant) -> Result<String> {
        self.with(deadline, |session| {
            loop {
                session.seal()?;
                let connection = session.connection();
                connection.begin_snapshot();
                let text = match unsealed::waiting(connection) {
                    Ok(0) => dump::dump(connection, dump::POSTGRES).map(Some),
                    other => other.map(|_| None),
                };
                connection.rollback();
                if let Some(text) = text? {
                    return Ok(text);
                }
                if std::time::Instant::now() >= deadline {
                    return Err(Error::new(Reason::Busy).with("what", "entries that are not sealed"));
                }
                std::thread::sleep(Duration::from_millis(1));
            }
        })
    }

    /// Ends every session: ids that were reserved and not used go back, threads are joined.
    pub fn close(&self, deadline: std::time::Instant) -> Result<()> {
        let sessions = {
            let mut pool = lock(&self.pool);
            pool.closed = true;
            while pool.idle.len() < pool.open && std::time::Instant::now() < deadline {
                let wait = deadline.saturating_duration_since(std::time::Instant::now());
                pool = self.freed.wait_timeout(pool, wait).unwrap_or_else(PoisonError::into_inner).0;
            }
            std::mem::take(&mut pool.idle)
        };
        self.freed.notify_all();
        drop(lock(&self.sealer).take());
        drop(lock(&self.listener).take());
        let mut result = Ok(());
        // The last one taken has the newest blocks: they go back first.
        for mut session in sessions.into_iter().rev() {
            session.wait_until(deadline);
            result = result.and(session.return_ids());
        }
        drop(lock(&self.origin.bank).take());
        result
    }
}

/// A session that goes back to the pool, however the work with it ends.
struct Lease<'a> {
    server: &'a Server,
    session: Option<Session>,
}

impl Drop for Lease<'_> {
    fn drop(&mut self) {
        match self.session.take() {
            Some(session) => self.server.give(session),
            None => self.server.lost(),
        }
    }
}

/// Node of the store; draws node and secret if it was only just made. Engines that open it together draw once.
fn identity(connection: &mut PgConnection, options: &Options, entropy: &Entropy) -> Result<i64> {
    connection.begin([schema::lock_alone()]);
    let node = match config::identity(connection) {
        Ok(Some((node, _))) => Ok(node),
        Ok(None) => crate::engine::draw_identity(connection, options, entropy),
        Err(error) => Err(error),
    };
    match node.and_then(|node| connection.commit().map(|()| node)) {
        Ok(node) => Ok(node),
        Err(error) => {
            connection.rollback();
            Err(error)
        }
    }
}
