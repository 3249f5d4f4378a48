//! The one writer of a process: a connection, its ids and the tip of the journal. Each group of operations is one
//! transaction and one sync of the disk; inside it every operation stands or falls alone.

use crate::call::Call;
use crate::entropy::Entropy;
use crate::execute::{self, Done, Operation, Surroundings, Written};
use crate::ids::Ids;
use crate::options::Clock;
use crate::store::config::{self, Config};
use crate::store::journal::{self, Tip};
use crate::store::sqlite::{self, SqliteConnection};
use carnet_domain::{Error, Instant, Reason, Result};
use std::sync::{Arc, Mutex, PoisonError, RwLock};

/// The system's clock.
pub(crate) fn system_time() -> Result<Instant> {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    let micros = since.ok().and_then(|since| i64::try_from(since.as_micros()).ok());
    Instant::from_micros(
        micros.ok_or_else(|| Error::new(Reason::Internal).with("what", "the system has no time"))?,
    )
}

/// What writers and readers of one engine share.
pub(crate) struct Shared {
    pub clock: Clock,
    /// The latest time an operation came with, for a clock that follows operations.
    pub latest: Mutex<Instant>,
    pub config: RwLock<Arc<Config>>,
}

impl Shared {
    /// The engine's time, read at its door and nowhere else.
    pub fn now(&self, call: &Call) -> Result<Instant> {
        match self.clock {
            Clock::System => system_time(),
            Clock::Fixed(instant) => Ok(instant),
            Clock::FollowsOperations => {
                let mut latest = self.latest.lock().unwrap_or_else(PoisonError::into_inner);
                *latest = (*latest).max(call.at.unwrap_or(Instant::MIN));
                Ok(*latest)
            }
        }
    }

    /// What is kept in memory.
    pub fn config(&self) -> Arc<Config> {
        Arc::clone(&self.config.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Keeps a newer reading.
    pub fn keep(&self, config: Config) -> Arc<Config> {
        let config = Arc::new(config);
        let mut kept = self.config.write().unwrap_or_else(PoisonError::into_inner);
        if config.version >= kept.version {
            *kept = Arc::clone(&config);
        }
        config
    }
}

/// The writer.
pub(crate) struct Writer {
    pub connection: SqliteConnection,
    pub shared: Arc<Shared>,
    ids: Ids,
    entropy: Entropy,
    tip: Tip,
    config: Arc<Config>,
    /// Whether the open transaction has stored anything.
    wrote: bool,
    /// The ids as they were before the open transaction.
    before: Ids,
    /// The transaction is lost: nothing more may be done in it.
    broken: Option<Error>,
    savepoints: bool,
}

impl Writer {
    pub fn new(connection: SqliteConnection, shared: Arc<Shared>, node: i64, entropy: Entropy) -> Self {
        let ids = Ids::new(node);
        Self {
            connection,
            config: shared.config(),
            shared,
            before: ids.clone(),
            ids,
            entropy,
            tip: Tip { position: 0, hash: Vec::new() },
            wrote: false,
            broken: None,
            savepoints: false,
        }
    }

    /// Begins the transaction of a group. `several` operations get a savepoint each.
    pub fn begin(&mut self, several: bool, deadline: std::time::Instant) -> Result<()> {
        sqlite::wait_until(deadline);
        if self.connection.in_transaction() {
            self.connection.run("ROLLBACK")?;
        }
        self.connection.run("BEGIN IMMEDIATE")?;
        self.before = self.ids.clone();
        (self.wrote, self.broken, self.savepoints) = (false, None, several);
        let prepared = self.prepare();
        if prepared.is_err() {
            self.rollback();
        }
        prepared
    }

    fn prepare(&mut self) -> Result<()> {
        self.connection.refuse_newer()?;
        self.tip = journal::tip(&mut self.connection)?;
        if config::version(&mut self.connection)? != self.config.version {
            self.reload()?;
        }
        Ok(())
    }

    fn reload(&mut self) -> Result<()> {
        self.config = Arc::new(config::load(&mut self.connection)?);
        Ok(())
    }

    /// Makes the group durable. After an error nothing of it is there, unless the disk lied.
    pub fn commit(&mut self) -> Result<()> {
        if let Some(error) = self.broken.take() {
            self.rollback();
            return Err(error);
        }
        if !self.wrote {
            self.rollback();
            return Ok(());
        }
        match self.connection.run("COMMIT") {
            Ok(()) => {
                let mut kept = self.shared.config.write().unwrap_or_else(PoisonError::into_inner);
                if self.config.version > kept.version {
                    *kept = Arc::clone(&self.config);
                }
                Ok(())
            }
            Err(error) => {
                self.rollback();
                Err(error)
            }
        }
    }

    /// Ends the open transaction with nothing of it left.
    pub fn rollback(&mut self) {
        if self.connection.in_transaction() && self.connection.run("ROLLBACK").is_err() {
            tracing::error!("a transaction could not be rolled back");
        }
        self.ids = self.before.clone();
        // What was read in the transaction may not be there any more.
        self.config = self.shared.config();
        self.broken = None;
    }

    /// Carries out one operation of the group.
    pub fn perform<O: Operation>(&mut self, call: &Call, request: &O) -> Result<Done<O::Reply>> {
        if let Some(error) = &self.broken {
            return Err(error.clone());
        }
        let now = self.shared.now(call)?;
        let savepoint = self.savepoints;
        if savepoint {
            self.connection.run("SAVEPOINT operation")?;
        }
        let (tip, ids) = (self.tip.clone(), self.ids.clone());
        let result = self.attempt(call, request, now);
        let kept =
            matches!(&result, Ok(written) if written.done.position.is_some() && !written.done.replayed);
        if kept {
            self.wrote = true;
        } else {
            (self.tip, self.ids) = (tip, ids);
        }
        if savepoint {
            self.end_savepoint(kept)?;
        } else if result.as_ref().is_err_and(must_end) {
            self.broken = result.as_ref().err().cloned();
        }
        let written = result?;
        if written.touches_config {
            self.reload()?;
        }
        Ok(written.done)
    }

    fn attempt<O: Operation>(&mut self, call: &Call, request: &O, now: Instant) -> Result<Written<O::Reply>> {
        let entropy = &self.entropy;
        let around = Surroundings {
            connection: &mut self.connection,
            ids: &mut self.ids,
            config: Arc::clone(&self.config),
            tip: &mut self.tip,
            now,
            salt: &|position| entropy.draw("salt", position),
        };
        execute::write(around, call, request)
    }

    fn end_savepoint(&mut self, kept: bool) -> Result<()> {
        let ended = if !self.connection.in_transaction() {
            Err(Error::new(Reason::Io).with("what", "the transaction was lost"))
        } else if kept {
            self.connection.run("RELEASE operation")
        } else {
            self.connection
                .run("ROLLBACK TO operation")
                .and_then(|()| self.connection.run("RELEASE operation"))
        };
        if let Err(error) = &ended {
            self.broken = Some(error.clone());
        }
        ended
    }

    /// Carries out several operations, all or none: the index and error of the first that fails.
    pub fn all_or_none<T>(
        &mut self,
        work: impl FnOnce(&mut Self) -> std::result::Result<T, (usize, Error)>,
    ) -> std::result::Result<T, (usize, Error)> {
        let (wrote, tip, config) = (self.wrote, self.tip.clone(), Arc::clone(&self.config));
        let whole = |error| (0, error);
        self.connection.run("SAVEPOINT batch").map_err(whole)?;
        let before = self.ids.clone();
        // The savepoint of the batch is enough: one operation that fails takes all with it.
        let savepoints = std::mem::replace(&mut self.savepoints, false);
        let result = work(self);
        self.savepoints = savepoints;
        let end = match &result {
            Ok(_) => self.connection.run("RELEASE batch"),
            Err(_) => {
                // What a failed operation left half done goes with the savepoint; if that fails, all is lost.
                self.broken = None;
                (self.wrote, self.tip, self.config, self.ids) = (wrote, tip, config, before);
                self.connection.run("ROLLBACK TO batch").and_then(|()| self.connection.run("RELEASE batch"))
            }
        };
        if let Err(error) = end {
            self.broken = Some(error.clone());
            return Err((0, error));
        }
        result
    }

    /// Applies an entry of another store's journal as the next one of this.
    pub fn replay(&mut self, payload: &crate::journal::Payload, salt: [u8; 32]) -> Result<()> {
        let result = execute::apply(&mut self.connection, &mut self.tip, payload, &|_| Ok(salt));
        match result {
            Ok(_) => self.wrote = true,
            Err(ref error) => self.broken = Some(error.clone()),
        }
        result.map(drop)
    }

    /// The last position and hash of the journal.
    pub const fn tip(&self) -> &Tip {
        &self.tip
    }

    /// Makes sure that no id at or below this counter is handed out.
    pub fn taken(&mut self, kind: &str, counter: i64) -> Result<()> {
        if config::counter(&mut self.connection, kind)? <= counter {
            config::reserve(&mut self.connection, kind, counter.saturating_add(1))?;
        }
        Ok(())
    }

    /// Returns unused ids to the store at the end.
    pub fn return_ids(&mut self, deadline: std::time::Instant) -> Result<()> {
        self.begin(false, deadline)?;
        let mut ids = self.ids.clone();
        let returned = ids.return_rest(&mut self.connection);
        self.wrote = returned.is_ok();
        let committed = self.commit();
        self.ids = ids;
        returned.and(committed)
    }
}

/// Whether an error leaves a transaction without savepoints in a state that cannot go on: it may be half applied.
fn must_end(error: &Error) -> bool {
    matches!(error.code(), carnet_domain::Code::Storage | carnet_domain::Code::Internal)
        || error.reason() == Reason::AlreadyExists && error.details().contains_key("sqlite")
}
