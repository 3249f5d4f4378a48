//! SQLite: opening, pragmas, batches, errors.

use super::migrations::{self, MIGRATIONS};
use super::value::{Connection, Query, Row, Value};
use crate::interrupts::interrupted;
use crate::options::{Migrate, Options};
use carnet_domain::{Error, Reason, Result};
use rusqlite::backup::{Backup, StepResult};
use rusqlite::config::DbConfig;
use rusqlite::types::{ToSqlOutput, ValueRef};
use rusqlite::{OpenFlags, ToSql};
use std::cell::Cell;
use std::path::Path;
use std::sync::{Arc, Weak};
use std::time::{Duration, Instant};

/// The oldest SQLite that is accepted: older ones can lose a commit when a WAL is reset.
const SQLITE_OLDEST: i32 = 3_051_003;

/// How many pages a backup copies before it says how far it is: 4 MiB.
const COPIED_AT_ONCE: i32 = 1024;

/// What a connection is for. Each has its own cache: a large one on the writer would be scanned at every commit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    Writer,
    Reader,
    Checkpointer,
}

/// One connection to a SQLite file.
pub(crate) struct SqliteConnection {
    inner: rusqlite::Connection,
    alive: Arc<()>,
}

/// Stops the statements of a connection, from another thread.
pub(crate) struct Stop {
    handle: rusqlite::InterruptHandle,
    alive: Weak<()>,
}

impl Stop {
    /// Whether there is still such a connection.
    pub fn is_alive(&self) -> bool {
        self.alive.strong_count() > 0
    }

    /// Stops what runs; nothing where nothing does.
    pub fn stop(&self) {
        self.handle.interrupt();
    }
}

thread_local! {
    /// When the busy handler of this thread gives up.
    static DEADLINE: Cell<Option<Instant>> = const { Cell::new(None) };
}

/// Sets until when a busy store is waited for on this thread.
pub(crate) fn wait_until(deadline: Instant) {
    DEADLINE.set(Some(deadline));
}

/// Sets for how long from now a busy store is waited for on this thread.
pub(crate) fn wait_for(time: Duration) {
    DEADLINE.set(Instant::now().checked_add(time));
}

/// Sleeps that grow, and are short again for who has waited long: SQLite's own handler starves one of several
/// writers for a second, because whoever comes last asks most often.
fn busy_handler(attempt: i32) -> bool {
    let expired = interrupted() || DEADLINE.get().is_none_or(|deadline| Instant::now() >= deadline);
    if !expired {
        let micros = match u64::try_from(attempt).unwrap_or(0) {
            few @ 0..=8 => few.saturating_add(1).saturating_mul(50),
            9..=60 => 500,
            _ => 100,
        };
        std::thread::sleep(Duration::from_micros(micros));
    }
    !expired
}

impl SqliteConnection {
    /// Opens a file for one role. The file must exist unless `create`.
    pub fn open(path: &Path, role: Role, options: &Options, create: bool) -> Result<Self> {
        if rusqlite::version_number() < SQLITE_OLDEST {
            return Err(Reason::LibraryTooOld.into());
        }
        let mut flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        if create {
            flags |= OpenFlags::SQLITE_OPEN_CREATE;
        }
        let mut inner = match &options.vfs {
            Some(vfs) => rusqlite::Connection::open_with_flags_and_vfs(path, flags, vfs.as_str()),
            None => rusqlite::Connection::open_with_flags(path, flags),
        }
        .map_err(from_sqlite)?;
        inner.busy_handler(Some(busy_handler)).map_err(from_sqlite)?;
        inner.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true).map_err(from_sqlite)?;
        inner.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_FKEY, true).map_err(from_sqlite)?;
        inner.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true).map_err(from_sqlite)?;
        inner.set_prepared_statement_cache_capacity(256);
        let connection = Self { inner, alive: Arc::new(()) };
        connection.pragmas(role, options)?;
        Ok(connection)
    }

    /// What stops its statements.
    pub fn stop(&self) -> Stop {
        Stop { handle: self.inner.get_interrupt_handle(), alive: Arc::downgrade(&self.alive) }
    }

    /// The connection itself, for tests that look at plans.
    #[cfg(test)]
    pub const fn inner(&self) -> &rusqlite::Connection {
        &self.inner
    }

    fn pragmas(&self, role: Role, options: &Options) -> Result<()> {
        let synchronous = if options.synchronous_off { "OFF" } else { "FULL" };
        let cache = match role {
            Role::Writer => "-4096",
            Role::Reader => "-65536",
            Role::Checkpointer => "-512",
        };
        // Inside the commit they are for fault tests, which want to see many.
        let autocheckpoint = if options.inline_checkpoints { "100" } else { "0" };
        wait_for(Duration::from_secs(5));
        self.pragma("journal_mode", "WAL")?;
        for (name, value) in [
            ("synchronous", synchronous),
            ("cache_size", cache),
            ("wal_autocheckpoint", autocheckpoint),
            ("secure_delete", "ON"),
            ("temp_store", "MEMORY"),
            ("trusted_schema", "OFF"),
        ] {
            self.pragma(name, value)?;
        }
        Ok(())
    }

    fn pragma(&self, name: &str, value: &str) -> Result<()> {
        self.inner.pragma_update_and_check(None, name, value, |_| Ok(())).or_else(|error| match error {
            // Pragmas that answer nothing.
            rusqlite::Error::QueryReturnedNoRows => Ok(()),
            other => Err(from_sqlite(other)),
        })
    }

    /// A number that a pragma answers.
    pub fn pragma_number(&self, name: &str) -> Result<i64> {
        self.inner.pragma_query_value(None, name, |row| row.get(0)).map_err(from_sqlite)
    }

    /// Executes a statement that takes no parameters and answers nothing.
    pub fn run(&self, sql: &str) -> Result<()> {
        let mut statement = self.inner.prepare_cached(sql).map_err(from_sqlite)?;
        statement.raw_execute().map(drop).map_err(from_sqlite)
    }

    /// Whether a transaction is open: SQLite ends it by itself after some errors.
    pub fn in_transaction(&self) -> bool {
        !self.inner.is_autocommit()
    }

    /// Moves frames of the WAL into the file: how many there are, and how many were moved.
    pub fn checkpoint(&self, mode: &str) -> Result<(i64, i64)> {
        self.checkpoint_now(mode).map(|(_, frames, moved)| (frames, moved))
    }

    /// The same, and before it whether somebody was in the way.
    fn checkpoint_now(&self, mode: &str) -> Result<(bool, i64, i64)> {
        let sql = format!("PRAGMA wal_checkpoint({mode})");
        self.inner.query_row(&sql, [], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?))).map_err(from_sqlite)
    }

    /// Makes final what SQLite found in the WAL of a process that ended in the middle of something: what of it counts
    /// as committed goes into the file and is safe, the rest is forgotten.
    ///
    /// SQLite does neither. A process that was killed before its sync leaves a commit that the next one sees and the
    /// disk does not have. And of a commit that a power cut tore, the pages after the tear stay behind the end of the
    /// WAL, under its salts: a commit that begins with the same pages mends it, and a second power cut in the middle of
    /// that brings the old one back.
    ///
    /// Of a WAL just recovered nothing was moved yet. Where something was, others have the store open and have done
    /// this; they are not made to wait, and waited for only as long as it takes them to do it now.
    fn settle(&self) -> Result<()> {
        const TRIES: u32 = 100;
        let deadline = DEADLINE.replace(Some(Instant::now()));
        let mut settled = Ok(false);
        for _ in 0..TRIES {
            settled = self
                .checkpoint_now("NOOP")
                .and_then(|(_, _, moved)| Ok(moved > 0 || !self.checkpoint_now("TRUNCATE")?.0));
            if settled != Ok(false) {
                break;
            }
            std::thread::sleep(Duration::from_millis(2));
        }
        DEADLINE.set(deadline);
        match settled {
            Ok(true) => Ok(()),
            Ok(false) => {
                tracing::debug!("what the WAL holds was left to others that have the store open");
                Ok(())
            }
            // It can be read even so, and a write will say this again.
            Err(error) if matches!(error.reason(), Reason::Full | Reason::ReadOnly | Reason::Busy) => {
                tracing::warn!(reason = error.reason().as_str(), "the WAL could not be emptied");
                Ok(())
            }
            Err(error) => Err(error),
        }
    }

    /// Copies the whole store to a new file, while it is in use.
    pub fn copy_to(&self, path: &Path, goes_on: &mut dyn FnMut(i64, i64) -> bool) -> Result<()> {
        let mut target = rusqlite::Connection::open(path).map_err(from_sqlite)?;
        // One snapshot: without it, every commit of another connection would make the copy begin again.
        let holds = (!self.in_transaction()).then(|| self.hold_snapshot()).transpose()?;
        let copied = self.copy_pages(&mut target, goes_on);
        if holds.is_some() && self.in_transaction() {
            self.run("ROLLBACK")?;
        }
        copied?;
        target.pragma_update(None, "journal_mode", "DELETE").map_err(from_sqlite)
    }

    /// Begins a transaction that sees the store as it is now.
    fn hold_snapshot(&self) -> Result<()> {
        self.run("BEGIN")?;
        self.pragma_number("user_version").map(drop)
    }

    fn copy_pages(
        &self,
        target: &mut rusqlite::Connection,
        goes_on: &mut dyn FnMut(i64, i64) -> bool,
    ) -> Result<()> {
        let backup = Backup::new(&self.inner, target).map_err(from_sqlite)?;
        loop {
            let step = backup.step(COPIED_AT_ONCE).map_err(from_sqlite)?;
            let progress = backup.progress();
            let total = i64::from(progress.pagecount);
            if !goes_on(total.saturating_sub(i64::from(progress.remaining)), total) {
                return Err(Reason::Interrupted.into());
            }
            match step {
                StepResult::Done => return Ok(()),
                StepResult::More => {}
                _ => std::thread::sleep(Duration::from_millis(1)),
            }
        }
    }

    /// Settles what others left, then brings the schema up to date inside one transaction, or makes it.
    pub fn migrate(&mut self, path: &Path, options: &Options, migrations: &[&str]) -> Result<()> {
        let latest = i64::try_from(migrations.len()).unwrap_or(i64::MAX);
        let version = self.version(latest)?;
        self.settle()?;
        if version == latest {
            return Ok(());
        }
        if version > 0 && options.migrate == Migrate::Refuse {
            return Err(Error::new(Reason::Older).with("found", version).with("needed", latest));
        }
        self.inner.execute_batch("BEGIN EXCLUSIVE").map_err(from_sqlite)?;
        let upgraded = self.upgrade(path, options, migrations, latest);
        let result = upgraded.and_then(|()| self.inner.execute_batch("COMMIT").map_err(from_sqlite));
        if result.is_err() && self.in_transaction() && self.run("ROLLBACK").is_err() {
            tracing::error!("an upgrade could not be rolled back");
        }
        result
    }

    fn upgrade(&mut self, path: &Path, options: &Options, migrations: &[&str], latest: i64) -> Result<()> {
        // Read again under the lock: another process may have been first. Its backup must not be replaced by a copy
        // of what it made.
        let version = self.version(latest)?;
        if version == latest {
            return Ok(());
        }
        if version > 0 {
            let before = Self::open(path, Role::Reader, options, false)?;
            before.copy_to(&backup_name(path, version, options), &mut |_, _| true)?;
        }
        let done = usize::try_from(version).unwrap_or(usize::MAX);
        for text in migrations.iter().skip(done) {
            self.inner.execute_batch(&migrations::for_sqlite(text)).map_err(not_ours)?;
        }
        migrations::fill(self, version, latest)?;
        if version > 0 {
            // Engines of other processes see by this that they must look at the version of the schema again.
            let bump = "UPDATE store SET config_version = config_version + 1";
            self.inner.execute_batch(bump).map_err(not_ours)?;
        }
        self.inner.pragma_update(None, "user_version", latest).map_err(from_sqlite)?;
        self.inner.pragma_update(None, "application_id", migrations::APPLICATION_ID).map_err(from_sqlite)
    }

    /// The schema version of the file; refuses a newer one and a file that is not ours.
    fn version(&self, latest: i64) -> Result<i64> {
        let version = self.pragma_number("user_version")?;
        let application = self.pragma_number("application_id")?;
        let tables: i64 = self
            .inner
            .query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))
            .map_err(from_sqlite)?;
        let ours =
            application == migrations::APPLICATION_ID || (version == 0 && application == 0 && tables == 0);
        if !ours {
            return Err(Error::new(Reason::Corrupt).with("what", "not a store of Carnet"));
        }
        if version > latest {
            return Err(Error::new(Reason::Newer).with("found", version).with("known", latest));
        }
        Ok(version)
    }

    /// Refuses to go on if another process has upgraded the file.
    pub fn refuse_newer(&self) -> Result<()> {
        let latest = i64::try_from(MIGRATIONS.len()).unwrap_or(i64::MAX);
        let found = {
            let mut statement = self.inner.prepare_cached("PRAGMA user_version").map_err(from_sqlite)?;
            statement.query_row([], |row| row.get::<_, i64>(0)).map_err(from_sqlite)?
        };
        match found.cmp(&latest) {
            std::cmp::Ordering::Equal => Ok(()),
            std::cmp::Ordering::Greater => Err(Error::new(Reason::Newer).with("found", found)),
            // Version 0 is that of a file just made: the first page was not read whole.
            std::cmp::Ordering::Less if found == 0 => Err(Error::new(Reason::Corrupt).with("found", found)),
            std::cmp::Ordering::Less => Err(Error::new(Reason::Older).with("found", found)),
        }
    }
}

fn backup_name(path: &Path, version: i64, options: &Options) -> std::path::PathBuf {
    let file = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    let name = format!("{file}.before-upgrade-from-{version}");
    options.backup_folder.as_ref().map_or_else(|| path.with_file_name(&name), |folder| folder.join(&name))
}

impl ToSql for Value {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match self {
            Self::Null => ValueRef::Null,
            Self::Int(value) => ValueRef::Integer(*value),
            Self::Text(value) => ValueRef::Text(value.as_bytes()),
            Self::Blob(value) => ValueRef::Blob(value),
        }))
    }
}

fn collect(statement: &mut rusqlite::Statement<'_>) -> Result<Vec<Row>> {
    let width = statement.column_count();
    let mut rows = statement.raw_query();
    let mut found = Vec::new();
    while let Some(row) = rows.next().map_err(from_sqlite)? {
        let mut values = Row::with_width(width);
        for column in 0..width {
            match row.get_ref(column).map_err(from_sqlite)? {
                ValueRef::Null => values.push_null(),
                ValueRef::Integer(value) => values.push_int(value),
                ValueRef::Text(text) => values.push_text(text),
                ValueRef::Blob(bytes) => values.push_blob(bytes),
                ValueRef::Real(_) => {
                    return Err(Error::new(Reason::Corrupt).with("what", "a float in the store"));
                }
            }
        }
        found.push(values);
    }
    Ok(found)
}

impl SqliteConnection {
    fn one(&self, query: &Query) -> Result<Vec<Row>> {
        let mut statement = self.inner.prepare_cached(query.sql.text).map_err(not_ours)?;
        for (index, param) in (1_usize..).zip(&query.params) {
            statement.raw_bind_parameter(index, param).map_err(from_sqlite)?;
        }
        collect(&mut statement)
    }
}

impl Connection for SqliteConnection {
    fn batch(&mut self, queries: &[Query]) -> Result<Vec<Vec<Row>>> {
        queries.iter().map(|query| self.one(query)).collect()
    }

    fn rows(&mut self, query: Query) -> Result<Vec<Row>> {
        self.one(&query)
    }

    fn table(&mut self, sql: &str) -> Result<Vec<Row>> {
        let mut statement = self.inner.prepare(sql).map_err(from_sqlite)?;
        collect(&mut statement)
    }

    fn integrity(&mut self) -> Result<Vec<String>> {
        let mut statement = self.inner.prepare("PRAGMA integrity_check(100)").map_err(from_sqlite)?;
        let rows = statement.query_map([], |row| row.get::<_, String>(0)).map_err(from_sqlite)?;
        let found: Vec<String> = rows.collect::<rusqlite::Result<_>>().map_err(from_sqlite)?;
        Ok(found.into_iter().filter(|line| line != "ok").collect())
    }
}

/// Our statements are fixed: if one cannot be prepared, the file has not the tables that its version promises.
fn not_ours(error: rusqlite::Error) -> Error {
    match error.sqlite_error_code() {
        Some(rusqlite::ErrorCode::Unknown) => Error::new(Reason::Corrupt).with("what", "tables are missing"),
        _ => from_sqlite(error),
    }
}

/// A database error in the words of Carnet. Its text never leaves: it may quote values.
pub(crate) fn from_sqlite(error: rusqlite::Error) -> Error {
    use rusqlite::ErrorCode as Kind;
    let Some(code) = error.sqlite_error() else {
        return match error {
            rusqlite::Error::InvalidPath(_) | rusqlite::Error::NulError(_) => {
                Error::field(Reason::BadFormat, "path")
            }
            // Our statements are fixed: what they find to be of another type was not written by us.
            rusqlite::Error::InvalidColumnType(..)
            | rusqlite::Error::FromSqlConversionFailure(..)
            | rusqlite::Error::IntegralValueOutOfRange(..)
            | rusqlite::Error::Utf8Error(..) => Error::new(Reason::Corrupt).with("what", "type of a column"),
            _ => Error::new(Reason::Internal).with("what", "statement and parameters do not fit"),
        };
    };
    let reason = match code.code {
        Kind::DatabaseBusy if interrupted() => Reason::Interrupted,
        Kind::DatabaseBusy | Kind::DatabaseLocked | Kind::FileLockingProtocolFailed => Reason::Busy,
        Kind::DiskFull => Reason::Full,
        Kind::DatabaseCorrupt | Kind::NotADatabase => Reason::Corrupt,
        Kind::SystemIoFailure | Kind::OperationAborted => Reason::Io,
        Kind::ReadOnly | Kind::PermissionDenied | Kind::AuthorizationForStatementDenied => Reason::ReadOnly,
        Kind::CannotOpen => Reason::Missing,
        Kind::OperationInterrupted => Reason::Interrupted,
        Kind::ConstraintViolation => Reason::AlreadyExists,
        _ => Reason::Internal,
    };
    Error::new(reason).with("sqlite", code.extended_code)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::PathBuf;

    const ONE: &str = "CREATE TABLE store (id {i64} PRIMARY KEY, config_version {i64} NOT NULL) STRICT;
        INSERT INTO store VALUES (1, 1);
        CREATE TABLE t (x {i64} NOT NULL) STRICT; INSERT INTO t VALUES (7);";
    const TWO: &str = "ALTER TABLE t ADD COLUMN y {i64}; UPDATE t SET y = x + 1;";

    struct Place {
        folder: tempfile::TempDir,
        path: PathBuf,
    }

    fn open(path: &Path) -> SqliteConnection {
        SqliteConnection::open(path, Role::Writer, &Options::create(), true).expect("opens")
    }

    /// A store of the first version.
    fn first() -> Place {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("club.db");
        open(&path).migrate(&path, &Options::default(), &[ONE]).expect("is made");
        Place { folder, path }
    }

    fn number(connection: &SqliteConnection, sql: &str) -> Option<i64> {
        connection.inner.query_row(sql, [], |row| row.get(0)).ok()
    }

    #[test]
    fn an_upgrade_keeps_the_store_as_it_was_beside_it() {
        let place = first();
        let mut connection = open(&place.path);
        for _ in 0..2 {
            connection
                .migrate(&place.path, &Options::default(), &[ONE, TWO])
                .expect("upgrades, then finds it done");
        }
        assert_eq!(number(&connection, "SELECT y FROM t"), Some(8));
        assert_eq!(connection.pragma_number("user_version"), Ok(2));
        let mut before = open(&place.path.with_file_name("club.db.before-upgrade-from-1"));
        assert_eq!(number(&before, "SELECT x FROM t"), Some(7));
        assert_eq!(before.version(1), Ok(1));
        // It is a store of the first version by itself.
        before.migrate(&place.path, &Options::default(), &[ONE]).expect("is up to date");
    }

    #[test]
    fn an_upgrade_is_refused_where_it_is_not_wanted() {
        let place = first();
        let options = Options { migrate: Migrate::Refuse, ..Options::default() };
        let mut connection = open(&place.path);
        let refused = connection.migrate(&place.path, &options, &[ONE, TWO]).expect_err("refused");
        assert_eq!(refused.reason(), Reason::Older);
        assert_eq!(connection.version(2), Ok(1));
        assert!(!place.path.with_file_name("club.db.before-upgrade-from-1").exists());
    }

    #[test]
    fn an_upgrade_that_fails_leaves_the_first_version() {
        let place = first();
        let bad = "ALTER TABLE t ADD COLUMN y {i64}; UPDATE t SET z = 1;";
        let mut connection = open(&place.path);
        for _ in 0..2 {
            // Again: what the first try left in the way must not stop the second.
            connection.migrate(&place.path, &Options::default(), &[ONE, bad]).expect_err("fails");
            assert!(!connection.in_transaction());
            assert_eq!(connection.version(2), Ok(1));
            assert_eq!(number(&connection, "SELECT y FROM t"), None);
            assert_eq!(number(&connection, "SELECT x FROM t"), Some(7));
        }
        connection.migrate(&place.path, &Options::default(), &[ONE, TWO]).expect("a good one goes through");
    }

    #[test]
    fn no_upgrade_without_its_backup() {
        let place = first();
        let options = Options { backup_folder: Some(place.folder.path().join("none")), ..Options::default() };
        let mut connection = open(&place.path);
        let error = connection.migrate(&place.path, &options, &[ONE, TWO]).expect_err("no place for it");
        assert_eq!(error.code(), carnet_domain::Code::Storage);
        assert_eq!(connection.version(2), Ok(1));
    }
}
