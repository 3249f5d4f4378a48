//! `sale`: a pass of visits for cash. `hold`: one minor unit held and captured. Each commit as durable as an entry's.

use crate::Asked;
use crate::data::client;
use crate::decide::nth;
use crate::enter::{Copies, Disk, FIRST, key, open, time};
use crate::floor::books::{Books, Lengths};
use crate::floor::same::{Payloads, Same};
use crate::floor::{self, Checkpoints};
use crate::measure::{Lane, Result, by_turns, goal, ratio};
use carnet::domain::account::PaymentMethod;
use carnet::domain::{ClientId, Instant, Money, PlanId};
use carnet::ops::hold::{HoldAmount, HoldCapture, HoldPlace};
use carnet::ops::pass_sell::{PassSell, Payment};
use carnet::{Call, Engine};

/// What is measured.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Kind {
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

pub fn bench(kind: Kind, asked: &Asked) -> Result<()> {
    let clients = asked.clients;
    let copies = Copies::make(clients)?;
    let engine = open(&copies.engine)?;
    let plan = floor::reader(&copies.engine)?
        .query_row("SELECT min(plan) FROM plan", [], |row| row.get::<_, i64>(0))
        .map(PlanId)?;
    let by_engine = |index: u64| match kind {
        Kind::Sale => sell(&engine, plan, nth(index, clients), index),
        Kind::Hold => hold(&engine, nth(index, clients), index),
    };
    for index in 1..=20 {
        by_engine(index)?;
    }
    let read = floor::reader(&copies.engine)?;
    let (payloads, lengths) = (Payloads::measure(&read)?, Lengths::measure(&read)?);
    println!("payloads={lengths:?}");
    let db = floor::writer(&copies.same)?;
    let _checkpoints = Checkpoints::start(&copies.same)?;
    let mut books = Books::new(&db, Same::new(&db, payloads)?, lengths)?;
    let disk = Disk::new()?;
    let mut lanes = [
        Lane::new("engine", |i| by_engine(FIRST + i)),
        Lane::new("floor_same", |i| {
            let index = FIRST + i;
            let n = nth(index, clients);
            match kind {
                Kind::Sale => books.sell(n, time(index), &key(index)),
                Kind::Hold => books.hold(n, time(2 * index), [&key(2 * index), &key(2 * index + 1)]),
            }
        }),
        Lane::new("fdatasync", |_| disk.sync()),
    ];
    by_turns(&mut lanes, asked.plan)?;
    let [engine, same, _] = &lanes;
    let to_same = ratio("ratio", engine, same, 0);
    ratio("ratio_p99", engine, same, 1);
    goal("same", to_same, 1.5);
    Ok(())
}
