//! The engine: the one object that a host holds.

use crate::call::Call;
use crate::checkpoint::Checkpointer;
use crate::entropy::Entropy;
use crate::execute::{self, Done, Operation};
use crate::options::Options;
use crate::queue::{Job, Queue};
use crate::readers::Readers;
use crate::store::sqlite::{self, Role, SqliteConnection};
use crate::store::{config, migrations, place};
use crate::writer::{Shared, Writer};
use carnet_domain::ids::{NODE_MAX, compose};
use carnet_domain::{Error, Instant, Reason, Result};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use std::time::Duration;

/// How long a write waits if neither the call nor the options say: milliseconds.
const WAIT_MS: u64 = 5000;

/// A store and all that may be done with it.
///
/// Any thread may call any method at any time. Writes of several threads share commits; reads run beside them.
///
/// ```
/// use carnet::{Call, Engine, Options};
/// use carnet::ops::{client::ClientAdd, venue::VenueAdd};
/// # let folder = std::env::temp_dir().join(format!("carnet-doc-{}", std::process::id()));
/// # std::fs::create_dir_all(&folder).unwrap();
/// # let path = folder.join("club.db");
/// let engine = Engine::open(&path, Options::create())?;
/// engine.venue_add(&Call::default(), VenueAdd {
///     name: "Club".into(), time_zone: "Europe/Bucharest".parse()?, currency: "EUR".parse()?,
///     country: Some("RO".into()), anti_passback: None, reentry_grace_minutes: None, external_ids: vec![],
/// })?;
/// let ana = ClientAdd { first_name: Some("Ana".into()), phone: Some("0721 234 567".into()), ..Default::default() };
/// let added = engine.client_add(&Call::default().key("web-17"), ana.clone())?;
/// // The same key and content: the first reply again, nothing done.
/// assert_eq!(engine.client_add(&Call::default().key("web-17"), ana)?, added);
/// # engine.close()?;
/// # std::fs::remove_dir_all(&folder).unwrap();
/// # Ok::<(), carnet::Error>(())
/// ```
pub struct Engine {
    path: PathBuf,
    options: Options,
    shared: Arc<Shared>,
    queue: Queue,
    readers: Readers,
    checkpointer: Mutex<Option<Checkpointer>>,
    closed: AtomicBool,
}

impl std::fmt::Debug for Engine {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Engine").field("path", &self.path).finish_non_exhaustive()
    }
}

impl Engine {
    /// Opens a store.
    ///
    /// # Errors
    /// `missing` if there is none and [`Options::create`] is off; `newer`, `older`, `corrupt`, `network_file_system`.
    pub fn open(path: impl AsRef<Path>, options: Options) -> Result<Self> {
        let path = path.as_ref();
        if options.vfs.is_none() {
            place::refuse_network(path)?;
            if !options.create && !path.exists() {
                return Err(Reason::Missing.into());
            }
        }
        let entropy = Entropy::new(options.seed)?;
        let mut connection = SqliteConnection::open(path, Role::Writer, &options, options.create)?;
        sqlite::wait_for(Duration::from_millis(WAIT_MS));
        connection.migrate(path, &options, migrations::MIGRATIONS)?;
        let node = identity(&mut connection, &options, &entropy)?;
        let kept = config::load(&mut connection)?;
        let shared = Arc::new(Shared {
            clock: options.clock,
            latest: Mutex::new(Instant::MIN),
            config: RwLock::new(Arc::new(kept)),
        });
        let checkpointer = match options.inline_checkpoints {
            true => None,
            false => Some(Checkpointer::start(path, &options)?),
        };
        Ok(Self {
            path: path.to_path_buf(),
            readers: Readers::new(path, &options),
            queue: Queue::new(Writer::new(connection, Arc::clone(&shared), node, entropy, path, &options)),
            shared,
            options,
            checkpointer: Mutex::new(checkpointer),
            closed: AtomicBool::new(false),
        })
    }

    pub(crate) fn perform<O: Operation>(&self, call: &Call, request: O::Request) -> Result<Done<O::Reply>> {
        execute::precheck::<O>(call)?;
        if O::WRITES {
            let job = Single::<O> { call: call.clone(), request, outcome: None };
            self.submit(job, call)?.outcome.unwrap_or_else(|| Err(Error::new(Reason::Internal)))
        } else {
            self.read::<O>(call, request)
        }
    }

    fn read<O: Operation>(&self, call: &Call, request: O::Request) -> Result<Done<O::Reply>> {
        if self.closed.load(Ordering::Acquire) {
            return Err(Reason::Closed.into());
        }
        let now = self.shared.now(call)?;
        self.readers.with(|connection| {
            sqlite::wait_until(self.deadline(call));
            if execute::reads_at_once::<O>() {
                let (kept, request) = (self.shared.config(), request.clone());
                if let Some(result) = execute::read_at_once::<O>(connection, kept, call, request, now) {
                    return result;
                }
            }
            connection.run("BEGIN")?;
            let result = connection.refuse_newer().and_then(|()| {
                let mut kept = self.shared.config();
                if config::version(connection)? != kept.version {
                    kept = self.shared.keep(config::load(connection)?);
                }
                execute::read::<O>(connection, kept, call, request, now)
            });
            // After some errors SQLite has ended it already. A reader that cannot end it is not used again.
            if connection.in_transaction() && connection.run("ROLLBACK").is_err() {
                tracing::warn!("a read could not be ended");
            }
            result
        })
    }

    pub(crate) fn submit<J: Job + 'static>(&self, job: J, call: &Call) -> Result<J> {
        self.queue.submit(job, self.wait(call))
    }

    pub(crate) const fn queue(&self) -> &Queue {
        &self.queue
    }

    pub(crate) const fn readers(&self) -> &Readers {
        &self.readers
    }

    fn wait(&self, call: &Call) -> Duration {
        let configured =
            if self.options.busy_timeout_ms == 0 { WAIT_MS } else { self.options.busy_timeout_ms };
        let asked = u64::try_from(call.deadline_ms).unwrap_or(0);
        Duration::from_millis(if asked == 0 { configured } else { asked })
    }

    pub(crate) fn deadline(&self, call: &Call) -> std::time::Instant {
        let now = std::time::Instant::now();
        now.checked_add(self.wait(call)).unwrap_or(now)
    }

    /// Copies the running store to a new file, which is a whole store by itself.
    ///
    /// # Errors
    /// `exists` if something is there already; storage errors.
    pub fn backup(&self, to: impl AsRef<Path>) -> Result<()> {
        let to = to.as_ref();
        if to.exists() {
            return Err(Reason::Exists.into());
        }
        let copied = self.readers.with(|connection| connection.copy_to(to));
        if copied.is_err() {
            // Half a copy must not be taken for a backup. If it cannot be removed, the error says enough.
            drop(std::fs::remove_file(to));
        }
        copied
    }

    /// Makes a store at `to` from a backup, after checking the backup whole.
    ///
    /// # Errors
    /// `missing`, `corrupt` if the check of the copy finds anything, `exists` if something is at `to` already.
    pub fn restore(from: impl AsRef<Path>, to: impl AsRef<Path>) -> Result<()> {
        let (from, to) = (from.as_ref(), to.as_ref());
        if to.exists() {
            return Err(Reason::Exists.into());
        }
        let source =
            Self::open(from, Options { migrate: crate::options::Migrate::Refuse, ..Options::default() })?;
        source.backup(to)?;
        source.close()?;
        let copy = Self::open(to, Options::default())?;
        let checked = copy.store_check(&Call::default(), crate::ops::check::StoreCheck {})?;
        copy.close()?;
        if checked.ok {
            return Ok(());
        }
        drop(std::fs::remove_file(to));
        Err(Error::new(Reason::Corrupt).with("differences", checked.count))
    }

    /// The whole state as text, table by table, in one order: equal states give equal text. Ids that were reserved
    /// and not used, and the secret of the store, are not part of it.
    ///
    /// # Errors
    /// Storage errors.
    pub fn dump(&self) -> Result<String> {
        self.readers.with(crate::store::dump::dump)
    }

    /// Ends the engine: later calls get `closed`, running ones are waited for, the engine's threads are joined.
    /// Closing twice is no error.
    ///
    /// # Errors
    /// Storage errors of the last write; the store is closed all the same.
    pub fn close(&self) -> Result<()> {
        if self.closed.swap(true, Ordering::AcqRel) {
            return Ok(());
        }
        self.queue.close();
        let mut checkpointer = self.checkpointer.lock().unwrap_or_else(PoisonError::into_inner);
        drop(checkpointer.take());
        self.readers.close();
        let deadline = self.deadline(&Call::default());
        let mut writer = self.queue.writer();
        writer.return_ids(deadline)
    }
}

impl Drop for Engine {
    fn drop(&mut self) {
        if let Err(error) = self.close() {
            tracing::warn!(reason = error.reason().as_str(), "the store could not be closed in order");
        }
    }
}

/// Node of the store; draws node and secret if it was only just made.
fn identity(connection: &mut SqliteConnection, options: &Options, entropy: &Entropy) -> Result<i64> {
    if let Some((node, _)) = config::identity(connection)? {
        return Ok(node);
    }
    connection.run("BEGIN IMMEDIATE")?;
    let node = match config::identity(connection) {
        Ok(Some((node, _))) => Ok(node),
        Ok(None) => draw_identity(connection, options, entropy),
        Err(error) => Err(error),
    };
    // After an error there is nothing to keep: the connection goes, and the transaction with it.
    let node = node?;
    connection.run("COMMIT")?;
    Ok(node)
}

fn draw_identity(connection: &mut SqliteConnection, options: &Options, entropy: &Entropy) -> Result<i64> {
    let drawn = match options.node {
        Some(node) => node,
        None => {
            let bytes = entropy.draw("node", 0)?;
            bytes.iter().take(2).fold(0_i64, |node, byte| (node << 8) | i64::from(*byte)) & NODE_MAX
        }
    };
    compose(drawn, 1).map_err(|_| Error::field(Reason::OutOfRange, "node"))?;
    let created = match options.clock {
        crate::options::Clock::System if options.seed.is_none() => crate::writer::system_time()?.micros(),
        _ => 0,
    };
    config::init(connection, drawn, created, entropy.draw("secret", 0)?.to_vec())?;
    Ok(drawn)
}

/// One typed operation on its way through the writer.
struct Single<O: Operation> {
    call: Call,
    request: O::Request,
    outcome: Option<Result<Done<O::Reply>>>,
}

impl<O: Operation> Job for Single<O> {
    fn several(&self) -> bool {
        false
    }
    fn run(&mut self, writer: &mut Writer) {
        self.outcome = Some(writer.perform::<O>(&self.call, &self.request));
    }
    fn forget(&mut self) {
        self.outcome = None;
    }
    fn fail(&mut self, error: &Error) {
        if !matches!(&self.outcome, Some(Err(_))) {
            self.outcome = Some(Err(error.clone()));
        }
    }
}

macro_rules! typed_methods {
    ($($kind:ident $json:literal $name:ident($request:ty) -> $reply:ty = $function:path, $doc:literal;)*) => {
        impl Engine { $(
            #[doc = $doc]
            #[doc = ""]
            #[doc = concat!("The operation `", $json, "`.")]
            ///
            /// # Errors
            /// Malformed arguments, what the rules refuse, and what the store cannot do: see [`crate::Reason`].
            pub fn $name(&self, call: &Call, request: $request) -> Result<$reply> {
                self.perform::<execute::row::$name>(call, request).map(|done| done.reply)
            }
        )* }
    };
}
crate::for_each_operation!(typed_methods);
