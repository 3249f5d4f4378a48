//! `open`: from a new process to the first decision. The process is started again for each time.

use crate::Asked;
use crate::data::{self, NOW, uid};
use crate::floor;
use crate::floor::lean::Decide;
use crate::measure::{Result, goal, median, ratios_of};
use carnet::domain::Instant;
use carnet::ops::access::AccessDecide;
use carnet::{Call, Clock, Engine, Options};
use std::path::Path;
use std::process::Command;

const TIMES: usize = 15;

pub fn bench(asked: &Asked) -> Result<()> {
    let (store, lean) = (data::store(asked.clients)?, data::lean(asked.clients)?);
    for cold in [false, true] {
        let name = |of: &str| format!("{}{of}", if cold { "cold_" } else { "" });
        let times = |what: &str, path: &Path| -> Result<Vec<f64>> {
            (0..TIMES)
                .map(|turn| {
                    if cold && !drop_cache(path)? {
                        return Ok(f64::NAN);
                    }
                    start(what, path, 1 + i64::try_from(turn)? * 37 % asked.clients)
                })
                .collect()
        };
        let engine = times("engine", &store)?;
        let same = times("same", &store)?;
        let gate = times("lean", &lean)?;
        for (lane, values) in [("engine", &engine), ("floor_same", &same), ("floor_lean", &gate)] {
            println!("{}_us={:.0}", name(lane), median(values.clone()));
        }
        let ratios =
            |floors: &[f64]| engine.iter().zip(floors).map(|(engine, floor)| engine / floor).collect();
        let ratio = ratios_of(&name("ratio"), ratios(&same));
        ratios_of(&name("ratio_lean"), ratios(&gate));
        goal(&name("open"), ratio, 2.0);
    }
    Ok(())
}

/// Tells the system to forget what it has of one file; false if it cannot be told.
fn drop_cache(path: &Path) -> Result<bool> {
    let mut input = std::ffi::OsString::from("if=");
    input.push(path);
    let arguments = ["iflag=nocache", "count=0", "status=none"];
    Ok(Command::new("dd").arg(input).args(arguments).status().is_ok_and(|status| status.success()))
}

fn start(what: &str, path: &Path, n: i64) -> Result<f64> {
    let mut child = Command::new(std::env::current_exe()?);
    let output = child.arg("open-child").arg(what).arg(path).arg(n.to_string()).output()?;
    let text = String::from_utf8(output.stdout)?;
    text.trim().parse().map_err(|_| String::from_utf8_lossy(&output.stderr).into_owned().into())
}

/// The new process: prints how long it took from its start to its first decision.
pub fn child(asked: &Asked) -> Result<()> {
    let begun = std::time::Instant::now();
    let [what, path, n] = asked.rest.as_slice() else { return Err("open-child WHAT PATH N".into()) };
    let n = n.parse()?;
    let path = Path::new(path);
    let taken = match what.as_str() {
        "engine" => {
            let clock = Clock::Fixed(Instant::from_micros(NOW)?);
            let engine = Engine::open(path, Options { clock, ..Options::default() })?;
            let request = AccessDecide { card: Some(uid(n)), ..AccessDecide::default() };
            engine.access_decide(&Call::default(), request)?;
            begun.elapsed()
        }
        "same" => {
            let db = floor::reader(path)?;
            let zone = db.query_row("SELECT zone FROM venue", [], |row| row.get(0))?;
            let mut statement = db.prepare(crate::decide::SAME)?;
            crate::decide::by_same(&mut statement, n, zone)?;
            begun.elapsed()
        }
        _ => {
            let db = floor::reader(path)?;
            Decide::new(&db)?.decide(n, NOW)?;
            begun.elapsed()
        }
    };
    println!("{}", taken.as_nanos() as f64 / 1000.0);
    Ok(())
}
