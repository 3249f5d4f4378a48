//! The one writer of a process: a connection, its ids and the tip of the journal. Each group of operations is one
//! transaction and one sync of the disk; inside it every operation stands or falls alone.
//!
//! Refusals are decided before anything is written, so a group is first tried without savepoints, which copy every page
//! that an operation touches. What has written and is not to be kept spoils the try: the group is carried out once more,
//! each operation in its savepoint.

use crate::call::Call;
use crate::clocks::Clocks;
use crate::entropy::Entropy;
use crate::execute::{self, Done, Journal, Surroundings, Written};
use crate::ids::Ids;
use crate::operation::Operation;
use crate::options::{Clock, Options};
use crate::store::config::{self, Config};
use crate::store::journal::{self, Tip};
use crate::store::sqlite::{self, Role, SqliteConnection};
use crate::store::value::Connection;
use carnet_domain::{Code, Error, Instant, Reason, Result};
use std::path::{Path, PathBuf};
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
    clock: Clock,
    /// The latest time an operation came with, for a clock that follows operations.
    latest: Mutex<Instant>,
    config: RwLock<Arc<Config>>,
}

impl Shared {
    /// What an engine shares that was only just opened.
    pub fn new(clock: Clock, config: Config) -> Self {
        Self { clock, latest: Mutex::new(Instant::MIN), config: RwLock::new(Arc::new(config)) }
    }

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
    clocks: Clocks,
    config: Arc<Config>,
    /// Whether the open transaction has stored anything.
    wrote: bool,
    /// The ids as they were before the open transaction.
    before: Ids,
    /// The transaction is lost: nothing more may be done in it.
    broken: Option<Error>,
    /// Without savepoints: what is not to be kept has written, so nothing of the transaction can be.
    spoilt: bool,
    savepoints: bool,
    path: PathBuf,
    options: Options,
    /// The disk failed under the connection: what it keeps in memory may be wrong, so the next group gets a new one.
    suspect: bool,
}

impl Writer {
    pub fn new(
        connection: SqliteConnection,
        shared: Arc<Shared>,
        node: i64,
        entropy: Entropy,
        path: &Path,
        options: &Options,
    ) -> Self {
        let ids = Ids::new(node);
        Self {
            connection,
            config: shared.config(),
            shared,
            before: ids.clone(),
            ids,
            entropy,
            tip: Tip { position: 0, hash: Vec::new() },
            clocks: Clocks::default(),
            wrote: false,
            broken: None,
            spoilt: false,
            savepoints: false,
            path: path.to_path_buf(),
            options: options.clone(),
            suspect: false,
        }
    }

    /// Begins the transaction of a group, which is tried without savepoints.
    pub fn begin(&mut self, deadline: std::time::Instant) -> Result<()> {
        let begun = self.try_begin(deadline);
        self.look_at(begun.as_ref().err());
        begun
    }

    fn try_begin(&mut self, deadline: std::time::Instant) -> Result<()> {
        if self.suspect {
            self.connection = SqliteConnection::open(&self.path, Role::Writer, &self.options, false)?;
            self.suspect = false;
        }
        sqlite::wait_until(deadline);
        if self.connection.in_transaction() {
            // Somebody panicked in the middle: what they reserved is gone with what they wrote.
            self.rollback();
        }
        self.connection.run("BEGIN IMMEDIATE")?;
        self.before = self.ids.clone();
        (self.wrote, self.broken, self.spoilt, self.savepoints) = (false, None, false, false);
        self.clocks = Clocks::default();
        let prepared = self.prepare();
        if prepared.is_err() {
            self.rollback();
        }
        prepared
    }

    /// Whether the group must be carried out again because something in it is not to be kept.
    pub const fn is_spoilt(&self) -> bool {
        self.spoilt
    }

    /// Begins again with nothing done, and gives each operation a savepoint, so that it stands or falls alone.
    pub fn begin_again(&mut self, deadline: std::time::Instant) -> Result<()> {
        self.rollback();
        self.begin(deadline)?;
        self.savepoints = true;
        Ok(())
    }

    fn prepare(&mut self) -> Result<()> {
        self.connection.refuse_newer()?;
        self.tip = journal::tip(&mut self.connection)?;
        if config::version(&mut self.connection)? != self.config.version {
            self.reload()?;
        }
        Ok(())
    }

    /// Notes an error after which the connection is not to be trusted: SQLite may keep a page that was read badly.
    fn look_at(&mut self, error: Option<&Error>) {
        let harmless = [Reason::Busy, Reason::Full, Reason::Newer, Reason::Older];
        self.suspect |= error.is_some_and(|error| {
            matches!(error.code(), Code::Storage | Code::Internal) && !harmless.contains(&error.reason())
        });
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
        if self.spoilt || !self.wrote {
            self.rollback();
            return Ok(());
        }
        let clocks = self.clocks.take();
        match self.connection.batch(&clocks).and_then(|_| self.connection.run("COMMIT")) {
            Ok(()) => {
                let mut kept = self.shared.config.write().unwrap_or_else(PoisonError::into_inner);
                if self.config.version > kept.version {
                    *kept = Arc::clone(&self.config);
                }
                Ok(())
            }
            Err(error) => {
                self.look_at(Some(&error));
                self.rollback();
                Err(error)
            }
        }
    }

    /// Ends the open transaction with nothing of it left.
    pub fn rollback(&mut self) {
        if self.connection.in_transaction() && self.connection.run("ROLLBACK").is_err() {
            tracing::error!("a transaction could not be rolled back");
            self.suspect = true;
        }
        self.ids = self.before.clone();
        // What was read in the transaction may not be there any more.
        self.config = self.shared.config();
        (self.broken, self.spoilt) = (None, false);
    }

    /// Carries out one operation of the group.
    pub fn perform(&mut self, call: &Call, operation: &mut dyn Operation) -> Result<Done> {
        if let Some(error) = &self.broken {
            return Err(error.clone());
        }
        if self.spoilt {
            return Err(Error::new(Reason::Internal).with("what", "the group is to be carried out again"));
        }
        let now = self.shared.now(call)?;
        let savepoint = self.savepoints;
        if savepoint {
            self.connection.run("SAVEPOINT operation")?;
        }
        let (tip, ids) = (self.tip.clone(), self.ids.clone());
        let mut began = false;
        let result = self.attempt(call, operation, now, &mut began);
        self.look_at(result.as_ref().err());
        let kept = matches!(&result, Ok(written) if written.stored);
        if kept {
            self.wrote = true;
        } else {
            began |= self.ids.blocks() != ids.blocks() || result.as_ref().is_err_and(must_end);
            (self.tip, self.ids) = (tip, ids);
        }
        if savepoint {
            self.end_savepoint(kept)?;
        } else {
            self.spoilt = !kept && began;
        }
        let written = result?;
        if written.touches_config
            && let Err(error) = self.reload()
        {
            // It is written, and what it changed cannot be read: nobody could go on from there.
            self.look_at(Some(&error));
            self.broken = Some(error.clone());
            return Err(error);
        }
        Ok(written.done)
    }

    fn attempt(
        &mut self,
        call: &Call,
        operation: &mut dyn Operation,
        now: Instant,
        began: &mut bool,
    ) -> Result<Written> {
        let entropy = &self.entropy;
        let around = Surroundings {
            connection: &mut self.connection,
            ids: &mut self.ids,
            config: Arc::clone(&self.config),
            journal: Journal::Sealed(&mut self.tip),
            clocks: &mut self.clocks,
            looks_for_keys: true,
            began,
            now,
            salt: &|position| entropy.draw("salt", position),
        };
        execute::write(around, call, operation)
    }

    fn end_savepoint(&mut self, kept: bool) -> Result<()> {
        let ended = if !self.connection.in_transaction() {
            Err(lost())
        } else if kept {
            self.connection.run("RELEASE operation")
        } else {
            self.connection
                .run("ROLLBACK TO operation")
                .and_then(|()| self.connection.run("RELEASE operation"))
        };
        if let Err(error) = &ended {
            self.look_at(Some(error));
            self.broken = Some(error.clone());
        }
        ended
    }

    /// Carries out several operations, all or none: the index and error of the first that fails.
    pub fn all_or_none<T>(
        &mut self,
        work: impl FnOnce(&mut Self) -> std::result::Result<T, (usize, Error)>,
    ) -> std::result::Result<T, (usize, Error)> {
        if !self.savepoints {
            let position = self.tip.position;
            let result = work(self);
            self.spoilt |= result.is_err() && self.tip.position != position;
            return result;
        }
        let (wrote, tip, config) = (self.wrote, self.tip.clone(), Arc::clone(&self.config));
        let whole = |error| (0, error);
        self.connection.run("SAVEPOINT batch").map_err(whole)?;
        let (before, clocks) = (self.ids.clone(), self.clocks.clone());
        // The savepoint of the batch is enough: one operation that fails takes all with it.
        self.savepoints = false;
        let result = work(self);
        self.savepoints = true;
        let end = match &result {
            _ if !self.connection.in_transaction() => Err(lost()),
            Ok(_) => self.connection.run("RELEASE batch"),
            Err(_) => {
                // What a failed operation left half done goes with the savepoint; if that fails, all is lost.
                (self.broken, self.spoilt) = (None, false);
                (self.wrote, self.tip, self.config, self.ids) = (wrote, tip, config, before);
                self.clocks = clocks;
                self.connection.run("ROLLBACK TO batch").and_then(|()| self.connection.run("RELEASE batch"))
            }
        };
        if let Err(error) = end {
            self.look_at(Some(&error));
            self.broken = Some(error.clone());
            return Err((0, error));
        }
        result
    }

    /// Applies an entry of another store's journal as the next one of this.
    pub fn replay(&mut self, payload: &crate::journal::Payload, salt: [u8; 32]) -> Result<()> {
        let journal = Journal::Sealed(&mut self.tip);
        let result = execute::apply(&mut self.connection, journal, &mut self.clocks, payload, salt);
        match result {
            Ok(_) => self.wrote = true,
            Err(ref error) => {
                self.look_at(Some(error));
                self.broken = Some(error.clone());
            }
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
        self.begin(deadline)?;
        let mut ids = self.ids.clone();
        let returned = ids.return_rest(&mut self.connection);
        self.wrote = returned.is_ok();
        let committed = self.commit();
        self.ids = ids;
        returned.and(committed)
    }
}

/// SQLite ended the transaction by itself, as it does after some errors of the disk.
fn lost() -> Error {
    Error::new(Reason::Io).with("what", "the transaction was lost")
}

/// Whether an error may have cost the transaction, wherever it came up.
fn must_end(error: &Error) -> bool {
    matches!(error.code(), Code::Storage | Code::Internal)
}
