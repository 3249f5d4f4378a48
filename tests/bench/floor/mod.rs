//! What the job costs without an engine: statements through rusqlite, held prepared; no rules, no JSON but constants.

pub mod books;
pub mod lean;
#[cfg(feature = "postgres")]
pub mod plpgsql;
pub mod same;

use crate::measure::Result;
use rusqlite::Connection;
use rusqlite::config::DbConfig;
use std::path::Path;
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::thread::JoinHandle;
use std::time::Duration;

/// A connection with the pragmas of the engine's.
pub fn open(path: &Path, cache_kib: i32) -> Result<Connection> {
    let flags = rusqlite::OpenFlags::SQLITE_OPEN_READ_WRITE
        | rusqlite::OpenFlags::SQLITE_OPEN_CREATE
        | rusqlite::OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let db = Connection::open_with_flags(path, flags)?;
    db.busy_timeout(Duration::from_secs(5))?;
    db.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    db.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_FKEY, true)?;
    db.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
    db.execute_batch(&format!(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -{cache_kib};
        PRAGMA wal_autocheckpoint = 0; PRAGMA secure_delete = ON; PRAGMA temp_store = MEMORY; PRAGMA trusted_schema = OFF;"
    ))?;
    Ok(db)
}

/// A connection with the cache of the engine's readers.
pub fn reader(path: &Path) -> Result<Connection> {
    open(path, 65_536)
}

/// A connection with the cache of the engine's writer.
pub fn writer(path: &Path) -> Result<Connection> {
    open(path, 4096)
}

/// Checkpoints on a thread of its own, as often as the engine's; it ends when this is dropped.
pub struct Checkpoints {
    stop: Option<Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Checkpoints {
    pub fn start(path: &Path) -> Result<Self> {
        let db = open(path, 512)?;
        let (stop, stopped) = channel::<()>();
        let checkpoint = move |mode: &str| {
            let sql = format!("PRAGMA wal_checkpoint({mode})");
            db.query_row(&sql, [], |row| row.get::<_, i64>(1)).unwrap_or(0)
        };
        let run = move || {
            while stopped.recv_timeout(Duration::from_millis(50)) == Err(RecvTimeoutError::Timeout) {
                if checkpoint("PASSIVE") > 16_384 {
                    checkpoint("RESTART");
                }
            }
        };
        Ok(Self { stop: Some(stop), thread: Some(std::thread::spawn(run)) })
    }
}

impl Drop for Checkpoints {
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Some(thread) = self.thread.take() {
            drop(thread.join());
        }
    }
}
