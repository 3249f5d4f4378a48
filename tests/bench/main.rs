//! Benchmarks beside their floors: `bench NAME --clients N [--seconds S] [--runs R]` prints lines of `key=value`.
//!
//! Only ratios within one run count: `same` writes exactly the rows that the engine writes, `lean` is the leanest
//! schema that could do the job. Times are in microseconds.

mod books;
mod concurrent;
mod data;
mod decide;
mod doors;
mod enter;
mod ffi;
mod floor;
mod measure;
mod open;
mod overview;
#[cfg(feature = "postgres")]
mod postgres;
mod search;
mod transfer;

use measure::{Plan, Result};
use std::time::Duration;

const USAGE: &str =
    "bench decide|enter|enter-concurrent|enter-doors|ffi|hold|open|overview|sale|search|transfer|use --clients N [--seconds S] [--runs R]
bench decide|enter --store postgres [CONNECTIONS…] --clients N [--seconds S] [--runs R]";

/// What the command line says.
pub struct Asked {
    pub clients: i64,
    pub plan: Plan,
    /// On the server that `CARNET_TEST_POSTGRES_URL` names, in place of a file.
    pub on_server: bool,
    pub rest: Vec<String>,
}

fn main() -> Result<()> {
    let mut words = std::env::args().skip(1);
    let name = words.next().ok_or(USAGE)?;
    let plan = Plan { seconds: 4.0, runs: 3, slice: Duration::from_millis(50) };
    let mut asked = Asked { clients: 10_000, plan, on_server: false, rest: Vec::new() };
    while let Some(word) = words.next() {
        match word.as_str() {
            "--clients" => asked.clients = words.next().ok_or(USAGE)?.parse()?,
            "--seconds" => asked.plan.seconds = words.next().ok_or(USAGE)?.parse()?,
            "--runs" => asked.plan.runs = words.next().ok_or(USAGE)?.parse()?,
            "--store" => asked.on_server = words.next().ok_or(USAGE)? == "postgres",
            _ => asked.rest.push(word),
        }
    }
    if !name.ends_with("-child") {
        println!("bench={name}");
        println!("clients={}", asked.clients);
        println!("seconds={} runs={}", asked.plan.seconds, asked.plan.runs);
    }
    match name.as_str() {
        #[cfg(feature = "postgres")]
        "decide" if asked.on_server => postgres::decide(&asked),
        #[cfg(feature = "postgres")]
        "enter" if asked.on_server => postgres::bench_enter(&asked),
        #[cfg(feature = "postgres")]
        "enter-engine" if asked.on_server => postgres::engine_alone(&asked),
        _ if asked.on_server => Err(USAGE.into()),
        "decide" => decide::bench(&asked),
        "enter" => enter::bench(&asked),
        "enter-concurrent" => concurrent::bench(&asked),
        "enter-doors" => doors::bench(&asked),
        "ffi" => ffi::bench(&asked),
        "ffi-child" => ffi::child(&asked),
        "hold" => books::bench(books::Kind::Hold, &asked),
        "open" => open::bench(&asked),
        "open-child" => open::child(&asked),
        "overview" => overview::bench(&asked),
        "sale" => books::bench(books::Kind::Sale, &asked),
        "search" => search::bench(&asked),
        "transfer" => transfer::bench(&asked),
        "use" => books::bench(books::Kind::Use, &asked),
        // The engine alone, for a profiler.
        "ffi-calls" => ffi::calls(&asked),
        "decide-engine" => decide::engine_alone(&asked),
        "enter-engine" => enter::engine_alone(&asked),
        "search-engine" => search::engine_alone(&asked),
        "transfer-engine" => transfer::engine_alone(&asked),
        "hold-engine" => books::engine_alone(books::Kind::Hold, &asked),
        "overview-engine" => overview::engine_alone(&asked),
        "sale-engine" => books::engine_alone(books::Kind::Sale, &asked),
        "use-engine" => books::engine_alone(books::Kind::Use, &asked),
        _ => Err(USAGE.into()),
    }
}
