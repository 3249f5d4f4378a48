//! `transfer`: charges of clients' accounts in double entry, one to a commit and a hundred to a commit.

use crate::Asked;
use crate::data::client;
use crate::decide::nth;
use crate::enter::{Copies, Disk, FIRST, key, open, report, time};
use crate::floor::lean::Lean;
use crate::floor::same::{Payloads, Same};
use crate::floor::{self, Checkpoints};
use crate::measure::{Lane, Result, by_turns};
use carnet::domain::{ClientId, Instant, Money};
use carnet::ops::account::AccountCharge;
use carnet::{Call, Engine};

const BATCH: u64 = 100;

pub fn bench(asked: &Asked) -> Result<()> {
    for batch in [1, BATCH] {
        println!("batch={batch}");
        in_batches_of(batch, asked)?;
    }
    Ok(())
}

fn charge(engine: &Engine, n: i64, index: u64) -> Result<()> {
    let call = Call::at(Instant::from_micros(time(index))?).key(key(index));
    let amount = Some(Money::new(1, "EUR".parse()?));
    let client = ClientId(client(n));
    engine.account_charge(&call, AccountCharge { client, amount, service: None, tax: None, payer: None })?;
    Ok(())
}

/// The only door that takes several at once is the one for JSON.
fn charge_all(engine: &Engine, indices: impl Iterator<Item = u64>, clients: i64) -> Result<()> {
    let requests: Vec<String> = indices
        .map(|index| {
            let at = Instant::from_micros(time(index)).map(|at| at.to_string()).unwrap_or_default();
            format!(
                r#"{{"op":"account.charge","at":"{at}","key":"{}","args":{{"client":{},"amount":{{"amount":"0.01","currency":"EUR"}}}}}}"#,
                key(index),
                client(nth(index, clients)),
            )
        })
        .collect();
    let reply = engine.execute_json_batch(format!("[{}]", requests.join(",")).as_bytes());
    if reply.starts_with("{\"replies\"") { Ok(()) } else { Err(reply.into()) }
}

fn in_batches_of(batch: u64, asked: &Asked) -> Result<()> {
    let clients = asked.clients;
    let copies = Copies::make(clients)?;
    let engine = open(&copies.engine)?;
    for index in 1..=20 {
        charge(&engine, nth(index, clients), index)?;
    }
    let payloads = Payloads::measure(&floor::reader(&copies.engine)?)?;
    let (same_db, lean_db) = (floor::writer(&copies.same)?, floor::writer(&copies.lean)?);
    let _checkpoints = (Checkpoints::start(&copies.same)?, Checkpoints::start(&copies.lean)?);
    let (mut same, mut lean) = (Same::new(&same_db, payloads)?, Lean::new(&lean_db)?);
    let disk = Disk::new()?;
    let indices = move |i: u64| (0..batch).map(move |part| FIRST + i * batch + part);
    let mut lanes = [
        Lane::new("engine", |i| match batch {
            1 => charge(&engine, nth(FIRST + i, clients), FIRST + i),
            _ => charge_all(&engine, indices(i), clients),
        }),
        Lane::new("floor_same", |i| {
            same.begin()?;
            for index in indices(i) {
                same.charge(nth(index, clients), time(index), &key(index))?;
            }
            same.commit()
        }),
        Lane::new("floor_lean", |i| {
            lean.begin()?;
            for index in indices(i) {
                lean.charge(nth(index, clients), time(index))?;
            }
            lean.commit()
        }),
        Lane::new("fdatasync", |_| disk.sync()),
    ];
    by_turns(&mut lanes, asked.plan)?;
    report(&lanes, batch == 1);
    Ok(())
}

/// The engine alone, for a profiler: so many batches of a hundred.
pub fn engine_alone(asked: &Asked) -> Result<()> {
    let copies = Copies::make(asked.clients)?;
    let engine = open(&copies.engine)?;
    let batches = asked.rest.first().map_or(Ok(100), |count| count.parse::<u64>())?;
    for i in 0..batches {
        charge_all(&engine, (0..BATCH).map(|part| FIRST + i * BATCH + part), asked.clients)?;
    }
    Ok(())
}
