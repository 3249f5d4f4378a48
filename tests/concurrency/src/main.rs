//! A program that shares a store with others and may be killed: `carnet-concurrency PATH [TIMES]` carries out each
//! request of standard input so many times, and prints how long it took in microseconds and the reply, after the
//! engine has given it. It says `ready` once the store is open.

use carnet::{Engine, Options};
use std::io::{BufRead, Write};
use std::process::ExitCode;
use std::time::Instant;

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let (path, times) = (arguments.next().unwrap_or_default(), arguments.next());
    let times = times.and_then(|times| times.parse().ok()).unwrap_or(1);
    match Engine::open(path, Options::default()) {
        Ok(engine) => match serve(&engine, times) {
            Ok(()) => ExitCode::SUCCESS,
            Err(_) => ExitCode::FAILURE,
        },
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn serve(engine: &Engine, times: u32) -> std::io::Result<()> {
    let mut out = std::io::stdout().lock();
    writeln!(out, "ready")?;
    out.flush()?;
    for request in std::io::stdin().lock().lines() {
        let request = request?;
        for _ in 0..times {
            let start = Instant::now();
            let reply = engine.execute_json(request.as_bytes());
            writeln!(out, "{} {reply}", start.elapsed().as_micros())?;
            out.flush()?;
        }
    }
    Ok(())
}
