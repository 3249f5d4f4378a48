//! `decide`: may this card come in? The engine against the gate-row floor, warm, random clients.

use crate::Asked;
use crate::data::{self, NOW, client, uid};
use crate::floor;
use crate::floor::lean::Decide;
use crate::measure::{Lane, Ready, Result, by_turns, goal, median, ratio, ratios_of, scatter, together};
use carnet::domain::Instant;
use carnet::domain::decision::Outcome;
use carnet::ops::access::AccessDecide;
use carnet::{Call, Clock, Engine, Options};
use std::path::Path;

/// The client of a running number.
pub fn nth(index: u64, clients: i64) -> i64 {
    1 + (scatter(index) >> 1).cast_signed() % clients
}

fn engine(path: &Path) -> Result<Engine> {
    let clock = Clock::Fixed(Instant::from_micros(NOW)?);
    Ok(Engine::open(path, Options { clock, ..Options::default() })?)
}

pub fn by_engine(engine: &Engine, n: i64) -> Result<()> {
    let request = AccessDecide { card: Some(uid(n)), ..AccessDecide::default() };
    let decision = engine.access_decide(&Call::default(), request)?;
    let admitted = decision.outcome == Outcome::Admitted;
    if admitted != data::is_valid(n) || decision.client.map(|id| id.0) != Some(client(n)) {
        return Err(format!("client {n}: {decision:?}").into());
    }
    Ok(())
}

fn by_floor(floor: &mut Decide<'_>, n: i64) -> Result<()> {
    let (gate, open) = floor.decide(n, NOW)?;
    if open != data::is_valid(n) || gate.client != client(n) {
        return Err(format!("client {n}").into());
    }
    Ok(())
}

/// The rows of a decision in the engine's schema, by one statement that is held.
pub fn by_same(statement: &mut rusqlite::Statement<'_>, n: i64, zone: i64) -> Result<()> {
    let mut rows = statement.query(rusqlite::params![uid(n), zone])?;
    let row = rows.next()?.ok_or("no row")?;
    let mut sum = 0_i64;
    for column in 0..16 {
        sum ^= row.get::<_, Option<i64>>(column)?.unwrap_or(0);
    }
    std::hint::black_box(sum);
    Ok(())
}

pub const SAME: &str = "SELECT card.card, card.client, gate.archived, gate.last_exit, presence.visit,
        lot.lot, lot.account, lot.amount, lot.rest, lot.held, lot.granted, lot.effective, lot.expires, lot.priority,
        lot.value, lot.recognised, card.state, gate.sex, gate.passes, lot.origin
    FROM card JOIN gate ON gate.client = card.client
    LEFT JOIN presence ON presence.zone = ?2 AND presence.client = CASE WHEN gate.inside > 0 THEN gate.client END
    LEFT JOIN lot ON lot.account = gate.account AND lot.is_open = 1
    WHERE card.uid = ?1";

pub fn bench(asked: &Asked) -> Result<()> {
    let clients = asked.clients;
    let (store, lean) = (data::store(clients)?, data::lean(clients)?);
    let engine = engine(&store)?;
    let (gate, same) = (floor::reader(&lean)?, floor::reader(&store)?);
    let zone = same.query_row("SELECT zone FROM venue", [], |row| row.get(0))?;
    let mut held = Decide::new(&gate)?;
    let mut statement = same.prepare(SAME)?;
    for n in (1..=clients).step_by(1 + usize::try_from(clients / 200_000)?) {
        by_engine(&engine, n)?;
        by_floor(&mut held, n)?;
    }
    let mut lanes = [
        Lane::new("engine", |index| by_engine(&engine, nth(index, clients))),
        Lane::new("floor_lean", |index| by_floor(&mut held, nth(index, clients))),
        Lane::new("floor_same", |index| by_same(&mut statement, nth(index, clients), zone)),
    ];
    by_turns(&mut lanes, asked.plan)?;
    let [of_engine, of_lean, of_same] = &lanes;
    ratio("ratio", of_engine, of_same, 0);
    let middle = ratio("ratio_lean", of_engine, of_lean, 0);
    let tail = ratio("ratio_lean_p99", of_engine, of_lean, 1);
    goal("p50", middle, 2.0);
    goal("p99", tail, 3.0);
    threads(asked, &engine, &lean)
}

/// Two threads against one: the engine's own readers, and two connections of the floor.
fn threads(asked: &Asked, engine: &Engine, lean: &Path) -> Result<()> {
    let clients = asked.clients;
    let of_engine = |_, ready: &Ready<'_>| ready.repeat(|index| by_engine(engine, nth(index, clients)));
    let of_floor = |_, ready: &Ready<'_>| {
        let db = floor::reader(lean)?;
        let mut held = Decide::new(&db)?;
        for n in 1..=clients.min(100_000) {
            by_floor(&mut held, n)?;
        }
        ready.repeat(|index| by_floor(&mut held, nth(index, clients)))
    };
    let (mut engines, mut floors) = (Vec::new(), Vec::new());
    for _ in 0..asked.plan.runs.max(3) {
        engines.push((together(1, 1.0, of_engine)?, together(2, 1.0, of_engine)?));
        floors.push((together(1, 1.0, of_floor)?, together(2, 1.0, of_floor)?));
    }
    for (name, rates) in [("engine", &engines), ("floor_lean", &floors)] {
        println!("{name}_one_thread_per_second={:.0}", median(rates.iter().map(|rate| rate.0).collect()));
        println!("{name}_two_threads_per_second={:.0}", median(rates.iter().map(|rate| rate.1).collect()));
    }
    let ratios = |rates: &[(f64, f64)]| rates.iter().map(|(one, two)| two / one).collect();
    ratios_of("floor_lean_two_to_one", ratios(&floors));
    let gain = ratios_of("engine_two_to_one", ratios(&engines));
    println!("goal_two_threads={} ({gain:.2} of at least 1.70)", if gain >= 1.7 { "met" } else { "missed" });
    Ok(())
}

/// The engine alone, for a profiler.
pub fn engine_alone(asked: &Asked) -> Result<()> {
    let engine = engine(&data::store(asked.clients)?)?;
    let rate = together(1, asked.plan.seconds, |_, ready| {
        ready.repeat(|i| by_engine(&engine, nth(i, asked.clients)))
    })?;
    println!("engine_per_second={rate:.0}");
    Ok(())
}
