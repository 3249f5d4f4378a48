//! `use`: a pass for a service, without a door. `sale`: a pass of visits for cash. `hold`: one minor unit held and then
//! captured, in two commits. Each commit is as durable as an entry's.

use crate::Asked;
use crate::data::{client, is_valid, uid};
use crate::decide::nth;
use crate::enter::{Copies, Disk, FIRST, key, open, report, time};
use crate::floor::books::{Books, Lengths};
use crate::floor::lean::Lean;
use crate::floor::same::{Payloads, Same, rows};
use crate::floor::{self, Checkpoints};
use crate::measure::{Lane, Result, by_turns, together};
use carnet::domain::account::PaymentMethod;
use carnet::domain::{ClientId, Instant, Money, PlanId, ServiceId};
use carnet::ops::hold::{HoldAmount, HoldCapture, HoldPlace};
use carnet::ops::pass_sell::{PassSell, Payment};
use carnet::ops::pass_use::PassUseNow;
use carnet::{Call, Engine};
use std::path::Path;

/// What is measured.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Use,
    Sale,
    Hold,
}

fn call(index: u64) -> Result<Call> {
    Ok(Call::at(Instant::from_micros(time(index))?).key(key(index)))
}

fn sell(engine: &Engine, plan: PlanId, n: i64, index: u64) -> Result<()> {
    let amount = Money::new(10_000, "EUR".parse()?);
    let request = PassSell {
        client: ClientId(client(n)),
        plan,
        validity: None,
        start: None,
        price: None,
        discount: None,
        payments: vec![Payment { method: PaymentMethod::Cash, amount }],
        channel: None,
        covers: None,
        external_ids: Vec::new(),
    };
    engine.pass_sell(&call(index)?, request)?;
    Ok(())
}

fn hold(engine: &Engine, n: i64, index: u64) -> Result<()> {
    let place = HoldPlace {
        client: ClientId(client(n)),
        parts: vec![HoldAmount::Money(Money::new(1, "EUR".parse()?))],
        expires: None,
        minutes: Some(60),
        more_up_to: None,
        reason: None,
    };
    let placed = engine.hold_place(&call(2 * index)?, place)?;
    let capture =
        HoldCapture { hold: placed.hold, parts: Vec::new(), service: None, tax: None, keep_open: false };
    engine.hold_capture(&call(2 * index + 1)?, capture)?;
    Ok(())
}

/// The client of a running number; for a use one whose pass is valid.
fn nth_of(kind: Kind, index: u64, clients: i64) -> i64 {
    let mut n = nth(index, clients);
    while kind == Kind::Use && !is_valid(n) {
        n = n % clients + 1;
    }
    n
}

/// Does the job through an engine.
struct ByEngine {
    engine: Engine,
    kind: Kind,
    clients: i64,
    plan: PlanId,
    service: ServiceId,
}

impl ByEngine {
    fn open(path: &Path, kind: Kind, clients: i64) -> Result<Self> {
        let engine = open(path)?;
        let db = floor::reader(path)?;
        let first = |sql: &str| db.query_row(sql, [], |row| row.get::<_, i64>(0));
        let plan = PlanId(first("SELECT min(plan) FROM plan")?);
        let service = ServiceId(first("SELECT min(service) FROM service")?);
        Ok(Self { engine, kind, clients, plan, service })
    }

    fn job(&self, index: u64) -> Result<()> {
        let n = nth_of(self.kind, index, self.clients);
        match self.kind {
            Kind::Use => self.use_pass(n, index),
            Kind::Sale => sell(&self.engine, self.plan, n, index),
            Kind::Hold => hold(&self.engine, n, index),
        }
    }

    fn use_pass(&self, n: i64, index: u64) -> Result<()> {
        let card = Some(uid(n));
        let request = PassUseNow { card, client: None, service: self.service, pass: None, quantity: None };
        self.engine.pass_use(&call(index)?, request)?;
        Ok(())
    }
}

pub fn bench(kind: Kind, asked: &Asked) -> Result<()> {
    let clients = asked.clients;
    let copies = Copies::make(clients)?;
    let engine = ByEngine::open(&copies.engine, kind, clients)?;
    for index in 1..=40 {
        engine.job(index)?;
    }
    let read = floor::reader(&copies.engine)?;
    let (payloads, lengths) = (Payloads::measure(&read)?, Lengths::measure(&read)?);
    println!("payloads={lengths:?}");
    let (same_db, lean_db) = (floor::writer(&copies.same)?, floor::writer(&copies.lean)?);
    let _checkpoints = (Checkpoints::start(&copies.same)?, Checkpoints::start(&copies.lean)?);
    let mut same = Books::new(&same_db, Same::new(&same_db, payloads)?, lengths)?;
    let mut lean = Lean::new(&lean_db)?;
    let before = [rows(&read)?, rows(&same_db)?];
    let disk = Disk::new()?;
    let mut lanes = [
        Lane::new("engine", |i| engine.job(FIRST + i)),
        Lane::new("floor_same", |i| {
            let index = FIRST + i;
            let (n, at) = (nth_of(kind, index, clients), time(index));
            match kind {
                Kind::Use => same.render(n, at, &key(index)),
                Kind::Sale => same.sell(n, at, &key(index)),
                Kind::Hold => same.hold(n, time(2 * index), [&key(2 * index), &key(2 * index + 1)]),
            }
        }),
        Lane::new("floor_lean", |i| {
            let index = FIRST + i;
            let (n, at) = (nth_of(kind, index, clients), time(index));
            match kind {
                Kind::Use => {
                    lean.begin()?;
                    lean.enter(n, at)?;
                    lean.commit()
                }
                Kind::Sale => lean.sell(n, at),
                Kind::Hold => lean.hold(n, time(2 * index)),
            }
        }),
        Lane::new("fdatasync", |_| disk.sync()),
    ];
    by_turns(&mut lanes, asked.plan)?;
    report(&lanes, kind != Kind::Hold);
    drop(lanes);
    let after = [rows(&read)?, rows(&same_db)?];
    compare_rows(&before, &after)
}

/// How many rows of each table engine and floor wrote for each entry of the journal: they must be equal, but for what
/// depends on which clients came.
fn compare_rows(before: &[Rows; 2], after: &[Rows; 2]) -> Result<()> {
    let share = |name: &str, before: &Rows, after: &Rows| {
        let written = after.iter().zip(before).map(|(after, before)| (after.0, after.1 - before.1));
        let written: Rows = written.collect();
        let entries = written.iter().find(|(table, _)| *table == "journal").map_or(1, |(_, count)| *count);
        let share = written.iter().map(|(table, count)| (*table, *count as f64 / entries as f64));
        let share: Vec<(&str, f64)> = share.filter(|(_, rows)| *rows > 0.0).collect();
        println!("rows_{name}={share:.3?} entries={entries}");
        share
    };
    let engine = share("engine", &before[0], &after[0]);
    let same = share("same", &before[1], &after[1]);
    let close =
        |(one, other): (&(&str, f64), &(&str, f64))| one.0 == other.0 && (one.1 - other.1).abs() < 0.05;
    if engine.len() == same.len() && engine.iter().zip(&same).all(close) {
        Ok(())
    } else {
        Err("the floor writes other rows than the engine".into())
    }
}

type Rows = Vec<(&'static str, i64)>;

/// The engine alone, for a profiler.
pub fn engine_alone(kind: Kind, asked: &Asked) -> Result<()> {
    let copies = Copies::make(asked.clients)?;
    let engine = ByEngine::open(&copies.engine, kind, asked.clients)?;
    let rate = together(1, asked.plan.seconds, |_, ready| ready.repeat(|i| engine.job(i)))?;
    println!("engine_per_second={rate:.0}");
    Ok(())
}
