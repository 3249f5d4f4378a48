//! How a store is opened.

use carnet_domain::Instant;
use std::path::PathBuf;

/// What to do with a store of an older release.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Migrate {
    /// Back it up beside the file, then upgrade it in one transaction.
    #[default]
    Auto,
    /// Refuse it with `storage.older`.
    Refuse,
}

/// Where the engine's door reads the time. Rules never do: they get the time of the operation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Clock {
    /// The system's clock.
    #[default]
    System,
    /// This instant, always. An operation without a time gets it; a later one is refused as `clock`.
    Fixed(Instant),
    /// The latest time that any operation came with: for replays, imports and tests.
    FollowsOperations,
}

/// How a store is opened. `Options::default()` opens an existing one with the system's clock.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// Make the store if there is none.
    pub create: bool,
    /// What to do with a store of an older release.
    pub migrate: Migrate,
    /// Where the time is read.
    pub clock: Clock,
    /// Fixes every salt, code and token, and with [`Options::node`] left out also the node: two runs of the
    /// same operations give the same replies and the same journal head. For tests and replays only.
    pub seed: Option<u64>,
    /// The node of a new store, 0 to 8191: the high bits of its ids. Drawn at random if left out.
    pub node: Option<i64>,
    /// How long a write waits for other processes, milliseconds. 0 means 5000.
    pub busy_timeout_ms: u64,
    /// How many connections to a PostgreSQL server the engine keeps at most. 0 means 8.
    pub connections: usize,
    /// The SQLite VFS to use, by name. For fault tests.
    pub vfs: Option<String>,
    /// Checkpoints inside the commit in place of the background thread. For fault tests, which count disk writes.
    pub inline_checkpoints: bool,
    /// Lets a fault test weaken durability and see that it notices: SQLite's `synchronous` in place of `FULL`.
    pub synchronous_off: bool,
    /// Where backups before an upgrade go. Beside the file if left out.
    pub backup_folder: Option<PathBuf>,
}

impl Options {
    /// Opens the store, making it if there is none.
    #[must_use]
    pub fn create() -> Self {
        Self { create: true, ..Self::default() }
    }

    /// How long a write waits if its call does not say.
    pub(crate) const fn wait(&self) -> std::time::Duration {
        let configured =
            if self.busy_timeout_ms == 0 { crate::engine::WAIT_MS } else { self.busy_timeout_ms };
        std::time::Duration::from_millis(configured)
    }

    /// The same with every draw, the node and the clock fixed.
    #[must_use]
    pub fn seeded(self, seed: u64) -> Self {
        Self { seed: Some(seed), clock: Clock::FollowsOperations, ..self }
    }
}
