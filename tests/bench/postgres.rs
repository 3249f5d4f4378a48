//! `decide` and `enter` with `--store postgres`: the engine on a server, beside one call to that server that does the
//! same work. On 1, 8 and 64 connections, each used by a thread of its own.

use crate::Asked;
use crate::data::{self, NODE, NOW, STRIDE, TABLES, Words, copied, of_visits, samples};
use crate::decide::nth;
use crate::enter::{by_engine as enter, key, time};
use crate::floor::plpgsql::{self, Decide, Enter, Lengths, Server};
use crate::measure::{Result, median, percentile, ratios_of};
use carnet::domain::Instant;
use carnet::{Clock, Engine, Options};
use std::sync::Barrier;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant as Time};

const CONNECTIONS: [usize; 3] = [1, 8, 64];
const POSTGRES: Words = Words {
    uid: "'04' || upper(lpad(to_hex((n * 8796093022151) % 281474976710597), 12, '0'))",
    lots: "replace(s.lots, CAST(s.lots AS json) -> 0 ->> 'lot',
        CAST(CAST(CAST(s.lots AS json) -> 0 ->> 'lot' AS BIGINT) + n * 64 AS TEXT))",
};

/// Entries before anything is measured, of that many clients. A plan that the server made for an empty journal, or for a
/// club with hardly anybody inside, is not that of a club: the floor would read all who are inside for every entry.
const HISTORY: u64 = 3000;
const VISITORS: i64 = 2000;

fn visitor(index: u64, clients: i64) -> i64 {
    1 + index.cast_signed() % VISITORS.min(clients)
}

/// A schema with the clients of the bench; gone at the end.
struct Schema {
    server: String,
    name: String,
    url: String,
}

impl Schema {
    fn make(name: &str, clients: i64) -> Result<Self> {
        let server = std::env::var("CARNET_TEST_POSTGRES_URL")
            .map_err(|_| "CARNET_TEST_POSTGRES_URL names no server: see tests/postgres/cluster")?;
        let name = format!("bench_{name}_{}", std::process::id());
        let joint = if server.contains('?') { '&' } else { '?' };
        let url = format!("{server}{joint}options=-csearch_path%3D{name}");
        let engine = Engine::open(&url, Options { node: Some(NODE), ..Options::create().seeded(1) })?;
        let schema = Self { server, name, url };
        samples(&engine)?;
        engine.close()?;
        let connection = Server::connect(&schema.url)?;
        for table in TABLES {
            connection.script(&copying(&connection, table, clients)?)?;
        }
        connection.script(data::gates()?)?;
        connection.script(&format!("UPDATE counter SET next = {}", (clients + 2) * STRIDE))?;
        connection.script("VACUUM ANALYZE")?;
        Ok(schema)
    }

    fn engine(&self, clock: i64, connections: usize) -> Result<Engine> {
        let clock = Clock::Fixed(Instant::from_micros(clock)?);
        Ok(Engine::open(&self.url, Options { clock, connections, ..Options::default() })?)
    }
}

impl Drop for Schema {
    fn drop(&mut self) {
        let dropped = Server::connect(&self.server)
            .and_then(|server| server.script(&format!("DROP SCHEMA {} CASCADE", self.name)));
        if let Err(error) = dropped {
            eprintln!("{} is left behind: {error}", self.name);
        }
    }
}

/// The statements that copy the rows of the two samples in one table, as `data.rs` does it for SQLite.
fn copying(server: &Server, table: &str, clients: i64) -> Result<String> {
    let names = server.rows(&format!(
        "SELECT CAST(attname AS TEXT) FROM pg_attribute WHERE attrelid = '{table}'::regclass AND attnum > 0 ORDER BY attnum"
    ))?;
    let names = names.iter().map(|row| Ok(row.try_get(0)?)).collect::<Result<Vec<String>>>()?;
    Ok(format!(
        "SET session_replication_role = replica;
        CREATE TEMP TABLE sample AS SELECT *, {sample} AS of_visits FROM {table};
        INSERT INTO {table} ({columns}) SELECT {values}
        FROM generate_series(CAST(1 AS BIGINT), {clients}) AS num (n)
        JOIN sample AS s ON s.of_visits = CASE WHEN n % 2 = 0 THEN 1 ELSE 0 END;
        DROP TABLE sample",
        sample = of_visits(table),
        columns = names.join(", "),
        values = copied(&names, &POSTGRES),
    ))
}

/// One thread's way of doing the job, called with a running number.
type Job<'a> = Box<dyn FnMut(u64) -> Result<()> + Send + 'a>;

/// One way of doing the job on several connections, and what came of it in the run so far.
struct Lane<'a> {
    jobs: Vec<Job<'a>>,
    next: AtomicU64,
    taken: Vec<u64>,
    seconds: f64,
}

impl<'a> Lane<'a> {
    fn new(jobs: Vec<Job<'a>>, first: u64) -> Self {
        Self { jobs, next: AtomicU64::new(first), taken: Vec::new(), seconds: 0.0 }
    }

    /// Every thread works for a while.
    fn work(&mut self, slice: Duration) -> Result<()> {
        let barrier = Barrier::new(self.jobs.len());
        let next = &self.next;
        let begun = Time::now();
        let taken = std::thread::scope(|scope| {
            let barrier = &barrier;
            let work = |job: &'_ mut Job<'a>| -> Result<Vec<u64>> {
                let mut taken = Vec::new();
                barrier.wait();
                let until = Time::now() + slice;
                let mut before = Time::now();
                while before < until {
                    job(next.fetch_add(1, Ordering::Relaxed))?;
                    let after = Time::now();
                    taken.push(u64::try_from((after - before).as_nanos())?);
                    before = after;
                }
                Ok(taken)
            };
            let running: Vec<_> = self.jobs.iter_mut().map(|job| scope.spawn(move || work(job))).collect();
            let mut all = Vec::new();
            for thread in running {
                all.extend(thread.join().map_err(|_| "a thread panicked")??);
            }
            Ok::<_, Box<dyn std::error::Error + Send + Sync>>(all)
        })?;
        self.seconds += begun.elapsed().as_secs_f64();
        self.taken.extend(taken);
        Ok(())
    }

    /// p50, p99 and the rate of a run.
    fn run(&mut self) -> [f64; 3] {
        self.taken.sort_unstable();
        let run = [
            percentile(&self.taken, 0.5),
            percentile(&self.taken, 0.99),
            self.taken.len() as f64 / self.seconds,
        ];
        self.taken.clear();
        self.seconds = 0.0;
        run
    }
}

/// Engine and floor by turns, and what is said of them.
fn compare(
    asked: &Asked,
    connections: usize,
    engine: &mut Lane<'_>,
    floor: &mut Lane<'_>,
) -> Result<[f64; 2]> {
    let slice = Duration::from_millis(250);
    // Statements are prepared, caches filled.
    engine.work(slice)?;
    engine.run();
    floor.work(slice)?;
    floor.run();
    let (mut engines, mut floors) = (Vec::new(), Vec::new());
    for _ in 0..asked.plan.runs {
        let until = Time::now() + Duration::from_secs_f64(asked.plan.seconds);
        while Time::now() < until {
            engine.work(slice)?;
            // What the sealer has left is not the floor's to pay.
            std::thread::sleep(Duration::from_millis(20));
            floor.work(slice)?;
        }
        engines.push(engine.run());
        floors.push(floor.run());
    }
    let of = |runs: &[[f64; 3]], which: usize| -> Vec<f64> {
        runs.iter().filter_map(|run| run.get(which)).copied().collect()
    };
    for (name, runs) in [("engine", &engines), ("floor", &floors)] {
        println!("{name}_us_{connections}={:.1}", median(of(runs, 0)));
        println!("{name}_p99_us_{connections}={:.1}", median(of(runs, 1)));
        println!("{name}_per_second_{connections}={:.0}", median(of(runs, 2)));
    }
    let ratios =
        |which| of(&engines, which).into_iter().zip(of(&floors, which)).map(|(a, b)| a / b).collect();
    let ratio = ratios_of(&format!("ratio_{connections}"), ratios(0));
    let rate = ratios_of(&format!("rate_ratio_{connections}"), ratios(2));
    Ok([ratio, rate])
}

/// `decide --store postgres`.
pub fn decide(asked: &Asked) -> Result<()> {
    let clients = asked.clients;
    let schema = Schema::make("decide", clients)?;
    for connections in counts(asked)? {
        let engine = schema.engine(NOW, connections)?;
        let of_engine = (0..connections)
            .map(|_| Box::new(|index| crate::decide::by_engine(&engine, nth(index, clients))) as Job<'_>)
            .collect();
        let mut of_floor: Vec<Job<'_>> = Vec::new();
        for _ in 0..connections {
            let mut floor = Decide::new(&schema.url)?;
            of_floor.push(Box::new(move |index| floor.decide(nth(index, clients))));
        }
        compare(asked, connections, &mut Lane::new(of_engine, 1), &mut Lane::new(of_floor, 1))?;
    }
    Ok(())
}

/// `enter --store postgres`.
pub fn bench_enter(asked: &Asked) -> Result<()> {
    let clients = asked.clients;
    let (schema, plain) = (Schema::make("engine", clients)?, Schema::make("floor", clients)?);
    say_server(&Server::connect(&schema.url)?)?;
    plpgsql::install(&plain.url)?;
    let late = NOW + 30 * data::DAY;
    history(&schema, clients)?;
    let lengths = Lengths::measure(&Server::connect(&schema.url)?)?;
    println!("payloads={lengths:?}");
    let mut before = Enter::new(&plain.url, lengths)?;
    for index in 1..=HISTORY {
        before.enter(visitor(index, clients), time(index), &key(index))?;
    }
    for url in [&schema.url, &plain.url] {
        Server::connect(url)?.script("ANALYZE")?;
    }
    let (mut first_engine, mut first_floor) = (HISTORY + 1, HISTORY + 1);
    for connections in counts(asked)? {
        let engine = schema.engine(late, connections)?;
        let of_engine = (0..connections)
            .map(|_| {
                Box::new(|index| enter(&engine, nth(index, clients), time(index), key(index))) as Job<'_>
            })
            .collect();
        let mut of_floor: Vec<Job<'_>> = Vec::new();
        for _ in 0..connections {
            let mut floor = Enter::new(&plain.url, lengths)?;
            of_floor.push(Box::new(move |index| floor.enter(nth(index, clients), time(index), &key(index))));
        }
        let (mut engines, mut floors) =
            (Lane::new(of_engine, first_engine), Lane::new(of_floor, first_floor));
        let [ratio, rate] = compare(asked, connections, &mut engines, &mut floors)?;
        first_engine = engines.next.into_inner();
        first_floor = floors.next.into_inner();
        match connections {
            1 => crate::measure::goal("enter_1", ratio, 2.0),
            8 => println!(
                "goal_enter_rate_8={} ({rate:.2} of at least 0.65)",
                if rate >= 0.65 { "met" } else { "missed" }
            ),
            _ => {}
        }
    }
    compare_rows(&schema, &plain)
}

/// What a club has before anything is measured.
fn history(schema: &Schema, clients: i64) -> Result<()> {
    let engine = schema.engine(NOW + 30 * data::DAY, 1)?;
    for index in 1..=HISTORY {
        enter(&engine, visitor(index, clients), time(index), key(index))?;
    }
    Ok(engine.close()?)
}

/// How durable the server is: a commit that waits for no disk makes every other cost look larger.
fn say_server(server: &Server) -> Result<()> {
    for name in ["server_version", "fsync", "synchronous_commit", "shared_buffers", "max_wal_size"] {
        let rows = server.rows(&format!("SELECT current_setting('{name}')"))?;
        let value: String = rows.first().ok_or("no such setting")?.try_get(0)?;
        println!("{name}={value}");
    }
    Ok(())
}

/// How many connections: those that the command line names, or all.
fn counts(asked: &Asked) -> Result<Vec<usize>> {
    if asked.rest.is_empty() {
        return Ok(CONNECTIONS.to_vec());
    }
    asked.rest.iter().map(|word| Ok(word.parse()?)).collect()
}

/// How many rows the engine and the floor wrote for each entry of the journal.
fn compare_rows(engine: &Schema, floor: &Schema) -> Result<()> {
    for (name, schema) in [("engine", engine), ("floor", floor)] {
        let server = Server::connect(&schema.url)?;
        let entries = server.number("SELECT count(*) FROM idempotency")?.max(1);
        for table in ["journal_payload", "visit", "presence", "transfer", "attempt"] {
            let since = match table {
                "transfer" | "attempt" => format!(" WHERE at >= {NOW}"),
                "visit" | "presence" => format!(" WHERE entered >= {NOW}"),
                _ => " JOIN journal USING (entry) WHERE op = 'access.enter'".to_owned(),
            };
            let rows = server.number(&format!("SELECT count(*) FROM {table}{since}"))?;
            println!("rows_{name}_{table}={:.3}", rows as f64 / entries as f64);
        }
    }
    Ok(())
}

/// The engine alone, for a profiler: `enter-engine --store postgres [CONNECTIONS]`.
pub fn engine_alone(asked: &Asked) -> Result<()> {
    let clients = asked.clients;
    let schema = Schema::make("profile", clients)?;
    history(&schema, clients)?;
    Server::connect(&schema.url)?.script("ANALYZE")?;
    let connections = counts(asked)?.first().copied().unwrap_or(1);
    let engine = schema.engine(NOW + 30 * data::DAY, connections)?;
    let job = || Box::new(|index| enter(&engine, nth(index, clients), time(index), key(index))) as Job<'_>;
    let mut lane = Lane::new((0..connections).map(|_| job()).collect(), HISTORY + 1);
    lane.work(Duration::from_secs_f64(asked.plan.seconds))?;
    let [middle, _, rate] = lane.run();
    println!("engine_us={middle:.1}");
    println!("engine_per_second={rate:.0}");
    Ok(())
}
