//! The club's script as it is recorded: single callers, groups of callers that share a commit, checkpoints on a
//! connection of their own between the operations and beside them, closing and opening, a store of the first schema
//! version that is upgraded.

use crate::workload::{Club, Open, PATH, answer, at};
use carnet_fault::replay::Script;
use carnet_fault::{Disk, History, Image, Rng, Tape, Workload};
use rusqlite::{Connection, OpenFlags};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

/// Steps of a later recording begin so much higher.
const APART: u64 = 1000;
const FIRST_SCHEMA: &str = include_str!("../../../../core/engine/src/store/migrations/0001_spine.sql");

/// How the script is to run, and the stores it begins with.
pub struct Recorded {
    /// The negative control: nothing is synced.
    pub synchronous_off: bool,
    /// Recordings that made their store, and that upgraded one.
    pub fresh: AtomicU64,
    pub upgraded: AtomicU64,
    made: Image,
    first_schema: Image,
}

type Answers = Mutex<BTreeMap<u64, (i64, String)>>;

fn connect(disk: &Disk, path: &str) -> rusqlite::Result<Connection> {
    let flags =
        OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    Connection::open_with_flags_and_vfs(path, flags, disk.name())
}

/// A connection to the store beside the engine's.
pub fn beside(disk: &Disk, synchronous: &str) -> Connection {
    let other = connect(disk, PATH).unwrap();
    other.pragma_update(None, "synchronous", synchronous).unwrap();
    other
}

impl Recorded {
    pub fn new(disk: &Disk) -> Self {
        let club = Club::new(0);
        drop(club.open(disk).unwrap());
        let made = disk.image();
        let mut open = club.open(disk).unwrap();
        for i in 0..7 {
            club.step(&mut open, i).unwrap();
        }
        drop(open);
        let first_schema = first_schema(disk);
        disk.clear();
        Self {
            synchronous_off: false,
            fresh: AtomicU64::new(0),
            upgraded: AtomicU64::new(0),
            made,
            first_schema,
        }
    }

    /// A connection beside the engine's, which syncs as they do.
    fn beside(&self, disk: &Disk) -> Connection {
        beside(disk, if self.synchronous_off { "OFF" } else { "FULL" })
    }

    fn run(&self, disk: &Disk, seed: u64, generation: u64) -> Result<(), String> {
        let mut rng = Rng::new(seed.wrapping_add(generation));
        let club = Club { synchronous_off: self.synchronous_off, thread: rng.chance(4), ..Club::new(0) };
        let answers = Answers::default();
        // The first step varies too, so that the same operations meet the other moments of the disk.
        let first = generation * APART + 7 + rng.below(24);
        let mut open = club.open(disk)?;
        let mut beside = None;
        let mut i = first;
        while i < first + 24 {
            match rng.below(12) {
                0 | 1 => {
                    let other = beside.get_or_insert_with(|| self.beside(disk));
                    let callers = 2 + rng.below(4);
                    group(&open, disk, other, i..i + callers, &answers)?;
                    i += callers;
                }
                2 | 3 => {
                    let other = beside.get_or_insert_with(|| self.beside(disk));
                    let mode =
                        ["PASSIVE", "PASSIVE", "RESTART", "TRUNCATE"][usize::try_from(rng.below(4)).unwrap()];
                    checkpoint(other, mode);
                }
                4 if rng.chance(2) => {
                    // The last connection to close makes a checkpoint and deletes the WAL.
                    drop(beside.take());
                    drop(open);
                    open = club.open(disk)?;
                }
                _ => {
                    one(&open.engine, &open.request(i), disk, i, &answers)?;
                    i += 1;
                }
            }
        }
        let answers = answers.into_inner().unwrap();
        let history =
            History { acknowledged: answers.keys().copied().collect(), unknown: (0..first).collect() };
        let name = disk.name().to_owned();
        club.answers.lock().unwrap().extend(answers.into_iter().map(|(i, known)| ((name.clone(), i), known)));
        club.check(&mut open, &history).map_err(|finding| format!("{finding:?}"))
    }
}

/// Beside others that do the same it may be told to come again.
fn checkpoint(other: &Connection, mode: &str) {
    drop(other.query_row(&format!("PRAGMA wal_checkpoint({mode})"), [], |_| Ok(())));
}

/// One caller.
fn one(
    engine: &carnet::Engine,
    request: &Value,
    disk: &Disk,
    i: u64,
    answers: &Answers,
) -> Result<(), String> {
    match answer(engine, request) {
        Ok(answer) => {
            let position = answer["position"].as_i64().unwrap();
            disk.mark(position.unsigned_abs());
            answers.lock().unwrap().insert(i, (position, answer["reply"].to_string()));
            Ok(())
        }
        Err(error) if error["code"] == "refused" => Ok(()),
        Err(error) => Err(format!("step {i}: {error}")),
    }
}

/// Several callers in one commit: somebody else holds the store until all of them wait for it.
fn group(
    open: &Open,
    disk: &Disk,
    other: &Connection,
    steps: std::ops::Range<u64>,
    answers: &Answers,
) -> Result<(), String> {
    other.execute_batch("BEGIN IMMEDIATE").map_err(|error| error.to_string())?;
    let (set_out, callers) = (AtomicU64::new(0), steps.end - steps.start);
    let when = at(steps.end);
    let results = std::thread::scope(|scope| {
        let running: Vec<_> = steps
            .map(|i| {
                // Callers at one moment come at one time, whoever is first.
                let mut request = open.request(i);
                request["at"] = json!(when);
                let (set_out, engine) = (&set_out, &open.engine);
                scope.spawn(move || {
                    set_out.fetch_add(1, Ordering::Relaxed);
                    one(engine, &request, disk, i, answers)
                })
            })
            .collect();
        let patience = Instant::now() + Duration::from_secs(4);
        while set_out.load(Ordering::Relaxed) < callers && Instant::now() < patience {
            std::thread::yield_now();
        }
        // The one that leads asks again and again; by its fourth time the others are in the queue.
        let asked = disk.refusals();
        while disk.refusals() < asked + 4 && Instant::now() < patience {
            std::thread::yield_now();
        }
        let released = other.execute_batch("ROLLBACK").map_err(|error| error.to_string());
        // What the checkpoint thread does, while they commit.
        for mode in ["PASSIVE", "RESTART"].iter().cycle() {
            if running.iter().all(|caller| caller.is_finished()) {
                break;
            }
            checkpoint(other, mode);
        }
        let mut results: Vec<_> = running.into_iter().map(|caller| caller.join().unwrap()).collect();
        results.push(released);
        results
    });
    results.into_iter().collect()
}

/// A migration without what is for PostgreSQL only.
fn for_sqlite(text: &str) -> String {
    let mut kept = String::new();
    let mut skipped = false;
    for line in text.lines() {
        skipped = match line {
            "-- postgres:" => true,
            "-- end" => false,
            _ => skipped,
        };
        if !skipped {
            kept.push_str(line);
            kept.push('\n');
        }
    }
    kept.replace("{i64}", "INTEGER").replace("{blob}", "BLOB")
}

/// The store on the disk as the first schema version would hold it.
fn first_schema(disk: &Disk) -> Image {
    const OLD: &str = "/store/first.db";
    let c = connect(disk, OLD).unwrap();
    c.execute_batch(&format!(
        "PRAGMA foreign_keys = OFF; PRAGMA journal_mode = WAL; {} PRAGMA user_version = 1;
        PRAGMA application_id = 0x4361726e; ATTACH '{PATH}' AS now;",
        for_sqlite(FIRST_SCHEMA)
    ))
    .unwrap();
    let tables: Vec<(String, String)> = c
        .prepare(
            "SELECT t.name, group_concat(c.name) FROM main.sqlite_schema AS t, pragma_table_info(t.name, 'main') AS c
            WHERE t.type = 'table' GROUP BY t.name",
        )
        .unwrap()
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))
        .unwrap()
        .collect::<Result<_, _>>()
        .unwrap();
    for (table, columns) in tables {
        let copy = format!("INSERT INTO main.{table} ({columns}) SELECT {columns} FROM now.{table}");
        c.execute_batch(&copy).unwrap();
    }
    c.execute_batch("DETACH now").unwrap();
    c.close().unwrap();
    let bytes = disk.file(OLD).unwrap();
    disk.clear();
    disk.put(PATH, bytes);
    disk.image()
}

impl Script for Recorded {
    fn path(&self) -> &str {
        PATH
    }

    fn position(&self) -> &str {
        "SELECT COALESCE(max(position), 0) FROM journal"
    }

    fn record(&self, disk: &Disk, seed: u64, generation: u64, base: Option<&Image>) -> Result<Tape, String> {
        let empty = Image::default();
        disk.load(match (base, Rng::new(seed).below(4)) {
            (Some(base), _) => base,
            (None, 0) => {
                self.fresh.fetch_add(1, Ordering::Relaxed);
                &empty
            }
            (None, 1) => {
                self.upgraded.fetch_add(1, Ordering::Relaxed);
                &self.first_schema
            }
            (None, _) => &self.made,
        });
        disk.record();
        self.run(disk, seed, generation)?;
        disk.tape().ok_or_else(|| "nothing was recorded".to_owned())
    }

    /// What each account holds is what its transfers brought and took, and what its lots have left; the journal has no
    /// gap and a payload for each entry; each key leads to an entry.
    fn state(&self, store: &Connection) -> Result<(), String> {
        let made: i64 = store
            .query_row("SELECT count(*) FROM sqlite_schema WHERE name = 'journal'", [], |row| row.get(0))
            .map_err(|error| error.to_string())?;
        if made == 0 {
            return Err("pages, and no store".to_owned());
        }
        let version: i64 = store
            .query_row("PRAGMA user_version", [], |row| row.get(0))
            .map_err(|error| error.to_string())?;
        let balance = include_str!("../../../../core/engine/src/store/check/balance.sql");
        // Before the third schema version no account could owe anything.
        let balance = if version < 3 { balance.replace(" - account.debt", "") } else { balance.to_owned() };
        for (what, sql) in [
            ("accounts", balance.as_str()),
            ("journal", include_str!("../../../../core/engine/src/store/check/journal.sql")),
            ("keys", include_str!("../../../../core/engine/src/store/check/keys.sql")),
            (
                "payloads",
                "SELECT position FROM journal WHERE position NOT IN (SELECT position FROM journal_payload)",
            ),
        ] {
            let found =
                store.prepare(sql).and_then(|mut s| s.exists([])).map_err(|error| error.to_string())?;
            if found {
                return Err(format!("the {what} are wrong"));
            }
        }
        Ok(())
    }

    fn go_on(&self, disk: &Disk) -> Result<(), String> {
        let open = Club::new(0).open(disk)?;
        let ask = |request: Value| answer(&open.engine, &request).map_err(|error| error.to_string());
        for op in ["store.check", "journal.verify"] {
            let found = ask(json!({"op": op, "args": {}}))?;
            if found["reply"]["ok"] != true {
                return Err(format!("{op}: {found}"));
            }
        }
        let before = ask(json!({"op": "changes.since", "args": {"after": 0, "limit": 1000}}))?;
        let known: BTreeSet<i64> = before["reply"]["changes"]
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(|c| c["position"].as_i64())
            .collect();
        let guest = json!({"op": "client.add", "key": "after the cut", "at": at(1_000_000),
            "args": {"first_name": "Guest after the cut"}});
        let added = ask(guest)?;
        let position = added["position"].as_i64();
        if position.is_none_or(|position| known.contains(&position)) {
            return Err(format!("an entry in the place of another: {added}"));
        }
        Ok(())
    }
}
