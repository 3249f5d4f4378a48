//! `overview`: everything about a client in one reply, for the desk. The engine against statements by hand on its own tables,
//! held prepared, that read the same rows and make nothing of them.

use crate::Asked;
use crate::data::{self, NOW, client};
use crate::decide::nth;
use crate::floor;
use crate::measure::{Lane, Result, by_turns, goal, p, ratio, together};
use carnet::domain::{ClientId, Instant};
use carnet::ops::overview::ClientOverview;
use carnet::{Call, Clock, Engine, Options};
use rusqlite::types::ValueRef;
use rusqlite::{Connection, Statement};
use std::path::Path;

/// What is a client's, table by table.
const BY_HAND: [&str; 12] = [
    "SELECT * FROM client WHERE client = ?1",
    "SELECT system, value FROM external_id WHERE kind = 'client' AND entity = ?1",
    "SELECT pass.*, lot.* FROM pass LEFT JOIN lot ON lot.account = pass.account WHERE pass.client = ?1
        ORDER BY pass.pass DESC LIMIT 50",
    "SELECT account.*, (SELECT sum(rest - held) FROM lot WHERE lot.account = account.account AND lot.is_open = 1)
        FROM account WHERE client = ?1 AND pass IS NULL",
    "SELECT * FROM card WHERE client = ?1",
    "SELECT visit, client, venue, zone, service, entered, exited, pass FROM visit WHERE client = ?1
        ORDER BY entered DESC, visit DESC LIMIT 10",
    "SELECT visits, last_visit FROM gate WHERE client = ?1",
    "SELECT currency, spent FROM client_spent WHERE client = ?1",
    "SELECT * FROM booking WHERE client = ?1 AND state = 'booked' LIMIT 50",
    "SELECT hold, state, expires FROM hold WHERE client = ?1 AND state = 'open' LIMIT 50",
    "SELECT conflict, at FROM conflict WHERE client = ?1 AND settled IS NULL LIMIT 50",
    "SELECT tag FROM client_tag WHERE client = ?1",
];

fn engine(path: &Path) -> Result<Engine> {
    let clock = Clock::Fixed(Instant::from_micros(NOW)?);
    Ok(Engine::open(path, Options { clock, ..Options::default() })?)
}

/// How many passes, cards and visits a client has.
fn by_engine(engine: &Engine, n: i64) -> Result<[usize; 3]> {
    let request = ClientOverview::of(ClientId(client(n)));
    let found = engine.client_overview(&Call::default(), request)?;
    let counts = [found.passes.len(), found.cards.len(), found.visits.len()];
    std::hint::black_box(found);
    Ok(counts)
}

/// The same; every column is read.
fn by_hand(statements: &mut [Statement<'_>], n: i64) -> Result<[usize; 3]> {
    let mut counts = [0; BY_HAND.len()];
    for (statement, count) in statements.iter_mut().zip(&mut counts) {
        let width = statement.column_count();
        let mut rows = statement.query([client(n)])?;
        while let Some(row) = rows.next()? {
            for column in 0..width {
                match row.get_ref(column)? {
                    ValueRef::Text(text) => drop(std::hint::black_box(std::str::from_utf8(text)?.to_owned())),
                    other => {
                        std::hint::black_box(other);
                    }
                }
            }
            *count += 1;
        }
    }
    Ok([counts[2], counts[4], counts[5]])
}

fn prepared(db: &Connection) -> Result<Vec<Statement<'_>>> {
    Ok(BY_HAND.iter().map(|sql| db.prepare(sql)).collect::<rusqlite::Result<_>>()?)
}

pub fn bench(asked: &Asked) -> Result<()> {
    let clients = asked.clients;
    let store = data::store(clients)?;
    let engine = engine(&store)?;
    let db = floor::reader(&store)?;
    let mut statements = prepared(&db)?;
    for index in 0..1000 {
        let n = nth(index, clients);
        let (found, wanted) = (by_engine(&engine, n)?, by_hand(&mut statements, n)?);
        if found != wanted || found.contains(&0) {
            return Err(format!("client {n}: {found:?}, by hand {wanted:?}").into());
        }
    }
    let mut lanes = [
        Lane::new("engine", |index| by_engine(&engine, nth(index, clients)).map(drop)),
        Lane::new("floor_same", |index| by_hand(&mut statements, nth(index, clients)).map(drop)),
    ];
    by_turns(&mut lanes, asked.plan)?;
    let [of_engine, of_same] = &lanes;
    println!("p50_us={:.2}", p(of_engine, 0));
    println!("p99_us={:.2}", p(of_engine, 1));
    goal("p50", ratio("ratio", of_engine, of_same, 0), 2.0);
    goal("p99", ratio("ratio_p99", of_engine, of_same, 1), 2.0);
    Ok(())
}

/// The engine alone, for a profiler.
pub fn engine_alone(asked: &Asked) -> Result<()> {
    let engine = engine(&data::store(asked.clients)?)?;
    let rate = together(1, asked.plan.seconds, |_, ready| {
        ready.repeat(|index| by_engine(&engine, nth(index, asked.clients)).map(drop))
    })?;
    println!("engine_per_second={rate:.0}");
    Ok(())
}
