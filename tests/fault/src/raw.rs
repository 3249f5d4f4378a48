//! The floor: a check-in written by hand over rusqlite, without the engine. It shows that the disk and
//! the checker work, before anybody blames or praises the engine.

use crate::disk::Disk;
use crate::harness::{Finding, History, Step, Workload};
use rusqlite::{Connection, OpenFlags, OptionalExtension, TransactionBehavior, params};
use std::collections::BTreeSet;

/// Where the store lies on its disk.
pub const PATH: &str = "/store/raw.db";

const PACKAGES: i64 = 8;
const REST: i64 = 1_000_000;

const SCHEMA: &str = "
    CREATE TABLE package(id INTEGER PRIMARY KEY, rest INTEGER NOT NULL CHECK(rest >= 0)) STRICT;
    CREATE TABLE visit(id INTEGER PRIMARY KEY, package_id INTEGER NOT NULL, note TEXT NOT NULL) STRICT;
    CREATE INDEX visit_package ON visit(package_id, id);
    CREATE TABLE ledger(id INTEGER PRIMARY KEY, visit_id INTEGER NOT NULL UNIQUE, package_id INTEGER NOT NULL,
                        delta INTEGER NOT NULL, after INTEGER NOT NULL) STRICT;";

/// How the script runs.
#[derive(Debug, Clone)]
pub struct Script {
    /// `PRAGMA journal_mode`.
    pub journal: &'static str,
    /// `PRAGMA synchronous`.
    pub synchronous: &'static str,
    /// Beside the writer a reader and a connection that checkpoints, as in the engine; otherwise the
    /// writer alone, which checkpoints at its commits.
    pub beside: bool,
    /// Steps of one run.
    pub steps: u64,
}

impl Default for Script {
    fn default() -> Self {
        Self { journal: "WAL", synchronous: "FULL", beside: true, steps: 24 }
    }
}

/// The connections of a script.
#[derive(Debug)]
pub struct Session {
    // The fields are dropped in this order: the writer last, so that it is the one that closes the WAL.
    beside: Option<(Connection, Connection)>,
    writer: Connection,
}

impl Script {
    fn connect(&self, disk: &Disk) -> rusqlite::Result<Connection> {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE
            | OpenFlags::SQLITE_OPEN_CREATE
            | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let c = Connection::open_with_flags_and_vfs(PATH, flags, disk.name())?;
        // A small cache, so that pages are read again.
        c.execute_batch(&format!(
            "PRAGMA journal_mode={}; PRAGMA synchronous={}; PRAGMA cache_size=10; PRAGMA wal_autocheckpoint={};",
            self.journal,
            self.synchronous,
            if self.beside { 0 } else { 16 },
        ))?;
        Ok(c)
    }

    fn make(writer: &mut Connection) -> rusqlite::Result<()> {
        let tx = writer.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let version: i64 = tx.query_row("PRAGMA user_version", [], |r| r.get(0))?;
        if version == 0 {
            tx.execute_batch(SCHEMA)?;
            for id in 0..PACKAGES {
                tx.execute("INSERT INTO package(id, rest) VALUES (?1, ?2)", [id, REST])?;
            }
            tx.execute_batch("PRAGMA user_version = 1")?;
        }
        tx.commit()
    }

    fn try_open(&self, disk: &Disk) -> rusqlite::Result<Session> {
        let mut writer = self.connect(disk)?;
        Self::make(&mut writer)?;
        let beside = if self.beside { Some((self.connect(disk)?, self.connect(disk)?)) } else { None };
        Ok(Session { beside, writer })
    }

    fn try_step(session: &mut Session, i: i64) -> rusqlite::Result<Step> {
        let package = i.wrapping_mul(7) % PACKAGES;
        // One in eight is refused, in its transaction, after a row was written.
        let refuse = i % 8 == 5;
        let tx = session.writer.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let note = format!("{i:0>width$}", width = usize::try_from(40 + i % 5 * 150).unwrap_or(40));
        tx.prepare_cached("INSERT INTO visit(id, package_id, note) VALUES (?1, ?2, ?3)")?
            .execute(params![i, package, note])?;
        if refuse {
            tx.rollback()?;
            return Ok(Step::Refused);
        }
        let after: i64 = tx
            .prepare_cached("UPDATE package SET rest = rest - 1 WHERE id = ?1 RETURNING rest")?
            .query_row([package], |r| r.get(0))?;
        tx.prepare_cached("INSERT INTO ledger(visit_id, package_id, delta, after) VALUES (?1, ?2, -1, ?3)")?
            .execute([i, package, after])?;
        tx.commit()?;
        if let Some((reader, checkpointer)) = &session.beside {
            // What these two meet is not the answer to the step: the commit stands.
            let seen =
                reader.prepare_cached("SELECT 1 FROM visit WHERE id = ?1").and_then(|mut s| s.exists([i]));
            if seen == Ok(false) {
                return Err(rusqlite::Error::QueryReturnedNoRows);
            }
            let mode = match i % 12 {
                3 | 7 => "PASSIVE",
                9 => "RESTART",
                11 => "TRUNCATE",
                _ => return Ok(Step::Acknowledged),
            };
            let sql = format!("PRAGMA wal_checkpoint({mode})");
            drop(checkpointer.query_row(&sql, [], |_| Ok(())).optional());
        }
        Ok(Step::Acknowledged)
    }

    fn try_check(session: &Session, history: &History) -> rusqlite::Result<Result<(), Finding>> {
        let c = &session.writer;
        let broken = |what: String| Ok(Err(Finding::Broken(what)));
        let quick: String = c.query_row("PRAGMA quick_check", [], |r| r.get(0))?;
        if quick != "ok" {
            return broken(quick);
        }
        let mut visits = BTreeSet::new();
        let mut rows = c.prepare(
            "SELECT v.id, v.package_id, l.package_id, l.delta, l.after,
                    (SELECT count(*) FROM visit e INDEXED BY visit_package WHERE e.package_id = v.package_id AND e.id <= v.id)
             FROM visit v NOT INDEXED LEFT JOIN ledger l ON l.visit_id = v.id ORDER BY v.id",
        )?;
        let mut rows = rows.query([])?;
        while let Some(row) = rows.next()? {
            let id: u64 = u64::try_from(row.get::<_, i64>(0)?).unwrap_or(u64::MAX);
            let package: i64 = row.get(1)?;
            let ledger: (Option<i64>, Option<i64>, Option<i64>) = (row.get(2)?, row.get(3)?, row.get(4)?);
            let rank: i64 = row.get(5)?;
            if ledger != (Some(package), Some(-1), Some(REST - rank)) {
                return broken(format!("visit {id}, number {rank} of package {package}: ledger {ledger:?}"));
            }
            visits.insert(id);
        }
        let wrong: i64 = c.query_row(
            "SELECT count(*) FROM package p WHERE rest <> ?1 - (SELECT count(*) FROM visit WHERE package_id = p.id)",
            [REST],
            |r| r.get(0),
        )?;
        let (packages, entries): (i64, usize) =
            c.query_row("SELECT (SELECT count(*) FROM package), (SELECT count(*) FROM ledger)", [], |r| {
                Ok((r.get(0)?, usize::try_from(r.get::<_, i64>(1)?).unwrap_or(usize::MAX)))
            })?;
        if (wrong, packages, entries) != (0, PACKAGES, visits.len()) {
            return broken(format!(
                "{wrong} wrong rests, {packages} packages, {entries} entries for {} visits",
                visits.len()
            ));
        }
        let known = |id: &u64| {
            history.acknowledged.binary_search(id).is_ok() || history.unknown.binary_search(id).is_ok()
        };
        if let Some(ghost) = visits.iter().find(|id| !known(id)) {
            return broken(format!("visit {ghost} was never made"));
        }
        let lost: Vec<&u64> = history.acknowledged.iter().filter(|id| !visits.contains(id)).collect();
        Ok(if lost.is_empty() { Ok(()) } else { Err(Finding::Lost(format!("{lost:?}"))) })
    }
}

impl Workload for Script {
    type Session = Session;

    fn open(&self, disk: &Disk) -> Result<Session, String> {
        self.try_open(disk).map_err(|e| e.to_string())
    }

    fn step(&self, session: &mut Session, i: u64) -> Result<Step, String> {
        Self::try_step(session, i64::try_from(i).unwrap_or(i64::MAX)).map_err(|e| e.to_string())
    }

    fn check(&self, session: &mut Session, history: &History) -> Result<(), Finding> {
        Self::try_check(session, history).unwrap_or_else(|e| Err(Finding::Broken(e.to_string())))
    }

    fn steps(&self) -> u64 {
        self.steps
    }
}
