//! A store in one SQLite file: the queue before its writer, readers beside it, a thread that checkpoints.

use crate::call::Call;
use crate::checkpoint::Checkpointer;
use crate::engine::{WAIT_MS, draw_identity};
use crate::entropy::Entropy;
use crate::execute::{self, Done};
use crate::operation::Operation;
use crate::options::Options;
use crate::queue::Queue;
use crate::readers::Readers;
use crate::store::sqlite::{self, Role, SqliteConnection};
use crate::store::{config, dump, migrations, place};
use crate::writer::{Shared, Writer};
use carnet_domain::{Instant, Reason, Result};
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// An open file.
pub(crate) struct File {
    pub shared: Arc<Shared>,
    pub queue: Queue,
    pub readers: Readers,
    checkpointer: Mutex<Option<Checkpointer>>,
}

impl File {
    /// Opens it, makes it, or brings it up to date.
    pub fn open(path: &Path, options: &Options, entropy: Entropy) -> Result<Self> {
        if options.vfs.is_none() {
            place::refuse_network(path)?;
            if !options.create && !path.exists() {
                return Err(Reason::Missing.into());
            }
        }
        let mut connection = SqliteConnection::open(path, Role::Writer, options, options.create)?;
        sqlite::wait_for(Duration::from_millis(WAIT_MS));
        connection.migrate(path, options, migrations::MIGRATIONS)?;
        let node = identity(&mut connection, options, &entropy)?;
        let kept = config::load(&mut connection)?;
        let shared = Arc::new(Shared::new(options.clock, kept));
        let checkpointer = match options.inline_checkpoints {
            true => None,
            false => Some(Checkpointer::start(path, options)?),
        };
        Ok(Self {
            readers: Readers::new(path, options),
            queue: Queue::new(Writer::new(connection, Arc::clone(&shared), node, entropy, path, options)),
            shared,
            checkpointer: Mutex::new(checkpointer),
        })
    }

    /// Carries out a read beside the writer.
    pub fn read(
        &self,
        call: &Call,
        operation: &mut dyn Operation,
        now: Instant,
        deadline: std::time::Instant,
    ) -> Result<Done> {
        self.readers.with(|connection| {
            sqlite::wait_until(deadline);
            if execute::reads_at_once(operation.name()) {
                let kept = self.shared.config();
                if let Some(result) = execute::read_at_once(connection, kept, call, operation, now) {
                    return result;
                }
            }
            connection.run("BEGIN")?;
            let result = connection.refuse_newer().and_then(|()| {
                let mut kept = self.shared.config();
                if config::version(connection)? != kept.version {
                    kept = self.shared.keep(config::load(connection)?);
                }
                execute::read(connection, kept, call, operation, now)
            });
            // After some errors SQLite has ended it already. A reader that cannot end it is not used again.
            if connection.in_transaction() && connection.run("ROLLBACK").is_err() {
                tracing::warn!("a read could not be ended");
            }
            result
        })
    }

    /// Copies the running store to a new file.
    pub fn backup(&self, to: &Path, goes_on: &mut dyn FnMut(i64, i64) -> bool) -> Result<()> {
        self.readers.with(|connection| connection.copy_to(to, goes_on))
    }

    /// Ends what waits for its turn, and reads that run.
    pub fn interrupt(&self) {
        self.queue.interrupt();
        self.readers.interrupt();
    }

    /// The whole state as text.
    pub fn dump(&self) -> Result<String> {
        self.readers.with(|connection| dump::dump(connection, &[]))
    }

    /// Waits for what is queued and ends its threads.
    pub fn close(&self, deadline: std::time::Instant) -> Result<()> {
        self.queue.close();
        let mut checkpointer = self.checkpointer.lock().unwrap_or_else(PoisonError::into_inner);
        drop(checkpointer.take());
        self.readers.close();
        let mut writer = self.queue.writer();
        writer.return_ids(deadline)
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
