//! `enter`: decide again and let in, durably, with journal, double entry and idempotency key.

use crate::Asked;
use crate::data::{self, NOW, uid};
use crate::decide::nth;
use crate::floor::lean::Lean;
use crate::floor::same::{Payloads, Same, rows};
use crate::floor::{self, Checkpoints};
use crate::measure::{Lane, Result, by_turns, goal, p, ratio};
use carnet::domain::Instant;
use carnet::domain::decision::Outcome;
use carnet::ops::access::AccessEnter;
use carnet::{Call, Clock, Engine, Options};
use std::fs::File;
use std::os::unix::fs::FileExt;
use std::path::{Path, PathBuf};

/// Copies that a bench writes to; removed at the end.
pub struct Copies {
    pub engine: PathBuf,
    pub same: PathBuf,
    pub lean: PathBuf,
}

impl Copies {
    pub fn make(clients: i64) -> Result<Self> {
        let (store, lean) = (data::store(clients)?, data::lean(clients)?);
        Ok(Self {
            engine: data::copy(&store, "engine")?,
            same: data::copy(&store, "same")?,
            lean: data::copy(&lean, "lean")?,
        })
    }
}

impl Drop for Copies {
    fn drop(&mut self) {
        [&self.engine, &self.same, &self.lean].into_iter().for_each(|path| data::remove(path));
    }
}

/// The time of the call with a running number: one a millisecond.
pub fn time(index: u64) -> i64 {
    NOW + index.cast_signed() * 1000
}

/// The key of the call with a running number.
pub fn key(index: u64) -> String {
    format!("door-1-{index:012}")
}

/// An engine whose clock is ahead of every call.
pub fn open(path: &Path) -> Result<Engine> {
    let clock = Clock::Fixed(Instant::from_micros(NOW + 30 * 86_400_000_000)?);
    Ok(Engine::open(path, Options { clock, ..Options::default() })?)
}

/// One entry through the engine.
pub fn by_engine(engine: &Engine, n: i64, at: i64, key: String) -> Result<()> {
    let call = Call::at(Instant::from_micros(at)?).key(key);
    let entered = engine.access_enter(&call, AccessEnter { card: Some(uid(n)), ..AccessEnter::default() })?;
    if (entered.decision.outcome == Outcome::Admitted) == data::is_valid(n) {
        Ok(())
    } else {
        Err(format!("client {n}: {entered:?}").into())
    }
}

/// The first clients enter twice, so that every kind of entry has been written and its length is known.
pub fn warm(engine: &Engine, path: &Path) -> Result<Payloads> {
    for index in 1..=200_u64 {
        by_engine(engine, 1 + (index % 80).cast_signed(), time(index), key(index))?;
    }
    Payloads::measure(&floor::reader(path)?)
}

/// Calls of the measured part come after those that warmed the engine.
pub const FIRST: u64 = 1000;

/// One overwrite of 24 KiB and `fdatasync`, which is about what a commit writes.
pub struct Disk(File);

impl Disk {
    pub fn new() -> Result<Self> {
        let path = data::folder()?.join(format!("disk-{}", std::process::id()));
        let file = File::create(&path)?;
        std::fs::remove_file(&path)?;
        file.write_all_at(&[1; 24 << 10], 0)?;
        file.sync_all()?;
        Ok(Self(file))
    }

    pub fn sync(&self) -> Result<()> {
        self.0.write_all_at(&[2; 24 << 10], 0)?;
        Ok(self.0.sync_data()?)
    }
}

pub fn bench(asked: &Asked) -> Result<()> {
    let clients = asked.clients;
    let copies = Copies::make(clients)?;
    let engine = open(&copies.engine)?;
    let payloads = warm(&engine, &copies.engine)?;
    println!("payloads={payloads:?}");
    let (same_db, lean_db) = (floor::writer(&copies.same)?, floor::writer(&copies.lean)?);
    let _checkpoints = (Checkpoints::start(&copies.same)?, Checkpoints::start(&copies.lean)?);
    let (mut same, mut lean) = (Same::new(&same_db, payloads)?, Lean::new(&lean_db)?);
    // The floor repeats the calls that warmed the engine, to have the same rows.
    for index in 1..=200_u64 {
        same.begin()?;
        same.enter(1 + (index % 80).cast_signed(), time(index), &key(index))?;
        same.commit()?;
    }
    let disk = Disk::new()?;
    let mut lanes = [
        Lane::new("engine", |i| by_engine(&engine, nth(i, clients), time(FIRST + i), key(FIRST + i))),
        Lane::new("floor_same", |i| {
            same.begin()?;
            same.enter(nth(i, clients), time(FIRST + i), &key(FIRST + i))?;
            same.commit()
        }),
        Lane::new("floor_lean", |i| {
            lean.begin()?;
            lean.enter(nth(i, clients), time(FIRST + i))?;
            lean.commit()
        }),
        Lane::new("fdatasync", |_| disk.sync()),
    ];
    by_turns(&mut lanes, asked.plan)?;
    report(&lanes, true);
    drop(lanes);
    compare_rows(&copies)
}

/// The ratios and goals of a durable write: the lanes are engine, same, lean and disk.
pub fn report(lanes: &[Lane<'_>; 4], one_a_commit: bool) {
    let [engine, same, lean, disk] = lanes;
    let to_same = ratio("ratio", engine, same, 0);
    ratio("ratio_p99", engine, same, 1);
    let to_lean = ratio("ratio_lean", engine, lean, 0);
    let floor = p(lean, 0) / p(disk, 0);
    println!("floor_lean_to_fdatasync={floor:.2}");
    if one_a_commit {
        println!("floor_ok={}", floor <= 2.5);
    }
    goal("same", to_same, 1.5);
    goal("lean", to_lean, 2.5);
}

/// How many rows the engine and the floor wrote for each entry of the journal: they must be equal, but for clients
/// that one of them had inside already.
fn compare_rows(copies: &Copies) -> Result<()> {
    for (name, path) in [("engine", &copies.engine), ("same", &copies.same)] {
        let db = floor::reader(path)?;
        let rows = rows(&db)?;
        let entries = rows.iter().find(|(table, _)| *table == "journal").map_or(1, |(_, count)| *count);
        let size: f64 =
            db.query_row("SELECT avg(length(payload)) FROM journal_payload", [], |row| row.get(0))?;
        println!("rows_{name}={rows:?} entries={entries} payload={size:.0}");
    }
    Ok(())
}

/// The engine alone, for a profiler.
pub fn engine_alone(asked: &Asked) -> Result<()> {
    let copies = Copies::make(asked.clients)?;
    let engine = open(&copies.engine)?;
    let rate = crate::measure::together(1, asked.plan.seconds, |_, ready| {
        ready.repeat(|i| by_engine(&engine, nth(i, asked.clients), time(i), key(i)))
    })?;
    println!("engine_per_second={rate:.0}");
    Ok(())
}
