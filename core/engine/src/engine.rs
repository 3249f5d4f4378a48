//! The engine: the one object that a host holds.

use crate::call::Call;
use crate::entropy::Entropy;
use crate::execute::{self, Done};
use crate::file::File;
use crate::hand::Hand;
use crate::interrupts::{Interrupts, heed};
use crate::operation::{Asked, Operation, Row, row, unanswered};
use crate::options::Options;
use crate::queue::Job;
#[cfg(feature = "postgres")]
use crate::server::Server;
use crate::store::config;
use crate::store::value::Connection;
use carnet_domain::ids::{NODE_MAX, compose};
use carnet_domain::{Error, Reason, Result};
use std::any::Any;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

/// How long a write waits if neither the call nor the options say: milliseconds.
pub(crate) const WAIT_MS: u64 = 5000;

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
    options: Options,
    store: Store,
    closed: AtomicBool,
    interrupts: Arc<Interrupts>,
}

/// Where the store lies.
enum Store {
    File(Box<File>),
    #[cfg(feature = "postgres")]
    Server(Box<Server>),
}

impl std::fmt::Debug for Engine {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // The place may hold a password.
        f.debug_struct("Engine").finish_non_exhaustive()
    }
}

impl Engine {
    /// Opens a store: a SQLite file, or a PostgreSQL server by its URL, `postgresql://user@host/database`.
    ///
    /// # Errors
    /// `missing` if there is none and [`Options::create`] is off; `newer`, `older`, `corrupt`, `network_file_system`;
    /// `unreachable` and `access_denied` of a server, `unsupported` if this build has no PostgreSQL.
    pub fn open(path: impl AsRef<Path>, options: Options) -> Result<Self> {
        let path = path.as_ref();
        let entropy = Entropy::new(options.seed)?;
        let store = match url_of(path) {
            None => Store::File(Box::new(File::open(path, &options, entropy)?)),
            #[cfg(feature = "postgres")]
            Some(url) => Store::Server(Box::new(Server::open(&url, &options, entropy, options.wait())?)),
            #[cfg(not(feature = "postgres"))]
            Some(_) => return Err(Error::field(Reason::Unsupported, "path").with("feature", "postgres")),
        };
        tracing::info!("a store was opened");
        Ok(Self { options, store, closed: AtomicBool::new(false), interrupts: Arc::default() })
    }

    /// Carries out an operation whose types are known.
    fn perform<R: Row>(&self, call: &Call, request: R::Request) -> Result<R::Reply> {
        let mut asked = Asked::<R>::new(request);
        execute::precheck(R::NAME, call)?;
        if !R::WRITES {
            self.read(call, &mut asked)?;
            return asked.into_reply();
        }
        let (_, operation) = self.write(call.clone(), Box::new(asked))?;
        let any: Box<dyn Any> = operation;
        any.downcast::<Asked<R>>().map_err(|_| unanswered())?.into_reply()
    }

    /// Carries out a write, and gives it back with its reply.
    pub(crate) fn write(
        &self,
        call: Call,
        operation: Box<dyn Operation>,
    ) -> Result<(Done, Box<dyn Operation>)> {
        let wait = self.wait(&call);
        let job = self.submit(Single { call, operation, outcome: None }, wait)?;
        let done = job.outcome.unwrap_or_else(|| Err(unanswered()))?;
        Ok((done, job.operation))
    }

    /// Carries out a read.
    pub(crate) fn read(&self, call: &Call, operation: &mut dyn Operation) -> Result<Done> {
        if self.closed.load(Ordering::Acquire) {
            return Err(Reason::Closed.into());
        }
        heed(&self.interrupts);
        match &self.store {
            Store::File(file) => file.read(call, operation, file.shared.now(call)?, self.deadline(call)),
            #[cfg(feature = "postgres")]
            Store::Server(server) => {
                server.read(call, operation, server.shared().now(call)?, self.deadline(call))
            }
        }
    }

    pub(crate) fn submit<J: Job + 'static>(&self, job: J, wait: Duration) -> Result<J> {
        heed(&self.interrupts);
        match &self.store {
            Store::File(file) => file.queue.submit(job, wait),
            #[cfg(feature = "postgres")]
            Store::Server(server) => server.with(after(wait), |session| {
                let mut job = job;
                job.run(&mut Hand::Server(session));
                Ok(job)
            }),
        }
    }

    /// The file, where the store is one.
    pub(crate) fn file(&self) -> Option<&File> {
        match &self.store {
            Store::File(file) => Some(file),
            #[cfg(feature = "postgres")]
            Store::Server(_) => None,
        }
    }

    /// The server, where the store is on one.
    #[cfg(feature = "postgres")]
    pub(crate) fn server(&self) -> Option<&Server> {
        match &self.store {
            Store::File(_) => None,
            Store::Server(server) => Some(server),
        }
    }

    pub(crate) fn wait(&self, call: &Call) -> Duration {
        match u64::try_from(call.deadline_ms) {
            Ok(asked) if asked > 0 => Duration::from_millis(asked),
            _ => self.options.wait(),
        }
    }

    pub(crate) fn deadline(&self, call: &Call) -> std::time::Instant {
        after(self.wait(call))
    }

    /// Copies the running store to a new file, which is a whole store by itself. From a server, the journal is
    /// replayed into it.
    ///
    /// # Errors
    /// `exists` if something is there already; storage errors.
    pub fn backup(&self, to: impl AsRef<Path>) -> Result<()> {
        self.backup_with(to, &mut |_, _| true)
    }

    /// The same, telling how far it is: how much is done, and of how much as far as that is known (0 where it is not), in
    /// pages of a file or entries of a journal. It ends where it is told `false`, or [`Engine::interrupt`] is called.
    ///
    /// # Errors
    /// As [`Engine::backup`], and `interrupted`; then nothing is left at `to`.
    pub fn backup_with(&self, to: impl AsRef<Path>, goes_on: &mut dyn FnMut(i64, i64) -> bool) -> Result<()> {
        let to = to.as_ref();
        if to.exists() {
            return Err(Reason::Exists.into());
        }
        heed(&self.interrupts);
        let begun = self.interrupts.seen();
        let mut goes_on = |done, total| goes_on(done, total) && !self.interrupts.since(begun);
        let copied = match &self.store {
            Store::File(file) => file.backup(to, &mut goes_on),
            #[cfg(feature = "postgres")]
            Store::Server(server) => self.replay_into_file(server, to, &mut goes_on),
        };
        if copied.is_err() {
            // Half a copy must not be taken for a backup. If it cannot be removed, the error says enough.
            drop(std::fs::remove_file(to));
        }
        copied
    }

    #[cfg(feature = "postgres")]
    fn replay_into_file(
        &self,
        server: &Server,
        to: &Path,
        goes_on: &mut dyn FnMut(i64, i64) -> bool,
    ) -> Result<()> {
        let deadline = self.deadline(&Call::default());
        let identity = server.with(deadline, |session| config::identity(session.connection()))?;
        let (node, secret) = identity.ok_or(Reason::Missing)?;
        let copy = Self::open(to, Options { node: Some(node), ..Options::create() })?;
        copy.replay_all(self, goes_on)?;
        if let Some(file) = copy.file() {
            let mut writer = file.queue.writer();
            config::put_secret(&mut writer.connection, secret)?;
        }
        copy.close()
    }

    /// Makes a store on a server from another by replaying its journal.
    #[cfg(feature = "postgres")]
    fn replay_into_server(&self, to: &Path) -> Result<Self> {
        let look = Options { migrate: crate::options::Migrate::Refuse, ..Options::default() };
        match Self::open(to, look) {
            Err(error) if error.reason() == Reason::Missing => {}
            Err(error) if ![Reason::Older, Reason::Newer].contains(&error.reason()) => return Err(error),
            Ok(_) | Err(_) => return Err(Reason::Exists.into()),
        }
        let deadline = self.deadline(&Call::default());
        let identity = match &self.store {
            Store::File(file) => config::identity(&mut file.queue.writer().connection)?,
            Store::Server(server) => {
                server.with(deadline, |session| config::identity(session.connection()))?
            }
        };
        let (node, secret) = identity.ok_or(Reason::Missing)?;
        let copy = Self::open(to, Options { node: Some(node), ..Options::create() })?;
        copy.replay_all(self, &mut |_, _| true)?;
        if let Some(server) = copy.server() {
            let deadline = copy.deadline(&Call::default());
            server.with(deadline, |session| config::put_secret(session.connection(), secret))?;
        }
        Ok(copy)
    }

    /// Makes a store at `to`, a file or an empty database, from a backup, after checking it whole.
    ///
    /// # Errors
    /// `missing`, `corrupt` if the check of the copy finds anything, `exists` if something is at `to` already.
    pub fn restore(from: impl AsRef<Path>, to: impl AsRef<Path>) -> Result<()> {
        let (from, to) = (from.as_ref(), to.as_ref());
        let is_file = url_of(to).is_none();
        if is_file && to.exists() {
            return Err(Reason::Exists.into());
        }
        let refuse = Options { migrate: crate::options::Migrate::Refuse, ..Options::default() };
        let source = Self::open(from, refuse)?;
        let copy = if is_file {
            source.backup(to)?;
            Self::open(to, Options::default())?
        } else {
            #[cfg(feature = "postgres")]
            let copy = source.replay_into_server(to)?;
            #[cfg(not(feature = "postgres"))]
            let copy = Self::open(to, Options::default())?;
            copy
        };
        source.close()?;
        let checked = copy.store_check(&patient(), crate::ops::check::StoreCheck {})?;
        copy.close()?;
        if checked.ok {
            return Ok(());
        }
        if is_file {
            drop(std::fs::remove_file(to));
        }
        Err(Error::new(Reason::Corrupt).with("differences", checked.count))
    }

    /// The whole state as text, table by table, in one order: equal states give equal text. Ids that were reserved
    /// and not used, and the secret of the store, are not part of it.
    ///
    /// # Errors
    /// Storage errors.
    pub fn dump(&self) -> Result<String> {
        match &self.store {
            Store::File(file) => file.dump(),
            #[cfg(feature = "postgres")]
            Store::Server(server) => server.dump(self.deadline(&Call::default())),
        }
    }

    /// Waits until the journal has an entry after this position, or the time is over: whether there is one. Then ask
    /// `changes.since`. On a server the sealer wakes who waits, some 50 milliseconds after the entry; a file is looked at
    /// every 20 milliseconds, for other processes write to it too.
    ///
    /// # Errors
    /// `closed`; `interrupted`; storage errors.
    pub fn wait_for_changes(&self, after: i64, wait: Duration) -> Result<bool> {
        const LOOK: Duration = Duration::from_millis(20);
        let until = std::time::Instant::now().checked_add(wait).ok_or(Reason::OutOfRange)?;
        let begun = self.interrupts.seen();
        #[cfg(feature = "postgres")]
        if let Some(server) = self.server() {
            return server.wait_for_changes(after, wait, &|| self.interrupts.since(begun));
        }
        let file = self.file().ok_or(Reason::Internal)?;
        loop {
            if self.closed.load(Ordering::Acquire) {
                return Err(Reason::Closed.into());
            }
            if file.readers.with(|connection| crate::store::journal::tip(connection))?.position > after {
                return Ok(true);
            }
            if self.interrupts.since(begun) {
                return Err(Reason::Interrupted.into());
            }
            let left = until.saturating_duration_since(std::time::Instant::now());
            if left.is_zero() {
                return Ok(false);
            }
            std::thread::sleep(left.min(LOOK));
        }
    }

    /// Interrupts what is running: reads, waits for changes and for a turn to write, and backups end with `interrupted`. A
    /// write that has begun is carried out; calls that begin afterwards are not affected. On a server, a statement that
    /// runs there is waited for.
    pub fn interrupt(&self) {
        self.interrupts.raise();
        match &self.store {
            Store::File(file) => file.interrupt(),
            #[cfg(feature = "postgres")]
            Store::Server(_) => {}
        }
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
        let deadline = self.deadline(&Call::default());
        let closed = match &self.store {
            Store::File(file) => file.close(deadline),
            #[cfg(feature = "postgres")]
            Store::Server(server) => server.close(deadline),
        };
        tracing::info!("a store was closed");
        closed
    }
}

impl Drop for Engine {
    fn drop(&mut self) {
        if let Err(error) = self.close() {
            tracing::warn!(reason = error.reason().as_str(), "the store could not be closed in order");
        }
    }
}

/// A call that reads a whole store, however long a server takes for that.
fn patient() -> Call {
    Call { deadline_ms: 3_600_000, ..Call::default() }
}

/// The moment that is so long away.
fn after(wait: Duration) -> std::time::Instant {
    let now = std::time::Instant::now();
    now.checked_add(wait).unwrap_or(now)
}

/// The URL of a server, if a path is one.
fn url_of(path: &Path) -> Option<String> {
    let text = path.to_str()?;
    ["postgresql://", "postgres://"].iter().any(|scheme| text.starts_with(scheme)).then(|| text.to_owned())
}

/// Draws node and secret of a store that was only just made.
pub(crate) fn draw_identity(
    connection: &mut dyn Connection,
    options: &Options,
    entropy: &Entropy,
) -> Result<i64> {
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

/// One operation on its way through the writer.
struct Single {
    call: Call,
    operation: Box<dyn Operation>,
    outcome: Option<Result<Done>>,
}

impl Job for Single {
    fn several(&self) -> bool {
        false
    }
    fn run(&mut self, hand: &mut Hand<'_>) {
        self.outcome = Some(hand.perform(&self.call, &mut *self.operation));
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
                self.perform::<row::$name>(call, request)
            }
        )* }
    };
}
crate::for_each_operation!(typed_methods);
