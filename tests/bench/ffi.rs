//! `ffi`: what the C door costs over the same call from Rust, on one engine in one process. Each call is followed by the
//! other way of making it, first one and then the other first; what counts is the median of the differences.

use crate::Asked;
use crate::data::{self, NOW, uid};
use crate::decide::nth;
use crate::enter::{FIRST, key, time};
use crate::measure::{Plan, Result, median, percentile};
use carnet::domain::Instant;
use carnet::domain::decision::Outcome;
use carnet::ops::access::{AccessDecide, AccessEnter};
use carnet::{Call, Clock, Engine, Options};
use carnet_calls::Host;
use std::path::Path;
use std::process::Command;
use std::time::Instant as Moment;

/// An entry that is not made durable takes microseconds, and a microsecond more can be seen.
fn open(path: &std::path::Path) -> Result<Engine> {
    let clock = Clock::Fixed(Instant::from_micros(NOW + 30 * data::DAY)?);
    Ok(Engine::open(path, Options { clock, synchronous_off: true, ..Options::default() })?)
}

fn nanos(job: impl FnOnce() -> Result<()>) -> Result<f64> {
    let begun = Moment::now();
    job()?;
    Ok(begun.elapsed().as_nanos() as f64)
}

/// What a way of calling costs over another, nanoseconds: the median over the runs.
struct Found {
    over: f64,
}

fn compare(
    name: &str,
    plan: Plan,
    mut rust: impl FnMut(u64) -> Result<()>,
    mut c: impl FnMut(u64) -> Result<()>,
) -> Result<Found> {
    let mut overs = Vec::new();
    let (mut index, mut of_rust, mut of_c) = (0_u64, Vec::new(), Vec::new());
    for run in 0..=plan.runs {
        let (mut differences, begun) = ([Vec::new(), Vec::new()], Moment::now());
        while begun.elapsed().as_secs_f64() < plan.seconds {
            index += 1;
            let (first, second) = (2 * index, 2 * index + 1);
            let (by_rust, by_c) = match index % 2 {
                0 => {
                    let by_rust = nanos(|| rust(first))?;
                    (by_rust, nanos(|| c(second))?)
                }
                _ => {
                    let by_c = nanos(|| c(first))?;
                    (nanos(|| rust(second))?, by_c)
                }
            };
            if let Some(side) = differences.get_mut(usize::try_from(index % 2)?) {
                side.push(by_c - by_rust);
            }
            of_rust.push(by_rust as u64);
            of_c.push(by_c as u64);
        }
        // The first run warms.
        if run > 0 {
            let [one, other] = differences;
            overs.push((median(one) + median(other)) / 2.0);
        }
    }
    of_rust.sort_unstable();
    of_c.sort_unstable();
    // What neighbours on the machine slow down is the slower half.
    let quarter = percentile(&of_c, 0.25) - percentile(&of_rust, 0.25);
    println!("{name}_over_first_quarter_ns={:.0}", 1000.0 * quarter);
    println!("{name}_rust_us={:.2}", percentile(&of_rust, 0.5));
    println!("{name}_c_us={:.2}", percentile(&of_c, 0.5));
    println!("{name}_pairs={}", of_c.len());
    let all: Vec<String> = overs.iter().map(|over| format!("{over:.0}")).collect();
    let over = median(overs);
    println!("{name}_over_ns={over:.0}");
    println!("{name}_over_ns_runs={}", all.join(","));
    Ok(Found { over })
}

fn goal(name: &str, value: f64, at_most: f64, unit: &str) {
    let is_met = if value <= at_most { "met" } else { "missed" };
    println!("goal_{name}={is_met} ({value:.2} {unit} of at most {at_most:.2})");
}

pub fn bench(asked: &Asked) -> Result<()> {
    let store = data::copy(&data::store(asked.clients)?, "ffi")?;
    let measured = decide(asked, &store).and_then(|over| {
        let mut host = Host::of(open(&store)?);
        Host::with(host.handle(), |engine| measure(asked, engine, &mut host))?;
        goal("decide", over, 50.0, "ns over the Rust call");
        Ok(())
    });
    data::remove(&store);
    measured
}

/// How many processes measure a decision.
const PROCESSES: usize = 11;

/// A decision is measured in many processes: where the code and the data of one happen to lie is worth more nanoseconds,
/// either way, than what is looked for, and stays the same while it runs.
fn decide(asked: &Asked, store: &Path) -> Result<f64> {
    let mut overs = Vec::new();
    for _ in 0..PROCESSES {
        let mut child = Command::new(std::env::current_exe()?);
        let (clients, seconds) = (asked.clients.to_string(), (asked.plan.seconds / 2.0).to_string());
        child.arg("ffi-child").arg(store).args(["--clients", &clients, "--seconds", &seconds, "--runs", "1"]);
        let output = child.output()?;
        let text = String::from_utf8(output.stdout)?;
        let over = text.lines().find_map(|line| line.strip_prefix("decide_over_ns="));
        let failed = || String::from_utf8_lossy(&output.stderr).into_owned();
        overs.push(over.ok_or_else(failed)?.parse::<f64>()?);
        println!(
            "decide_process={}",
            text.split_whitespace().filter(|word| word.contains('=')).collect::<Vec<_>>().join(" ")
        );
    }
    let over = median(overs);
    println!("decide_over_ns={over:.0}");
    Ok(over)
}

/// The new process: compares decisions.
pub fn child(asked: &Asked) -> Result<()> {
    let [store] = asked.rest.as_slice() else { return Err("ffi-child STORE".into()) };
    let mut host = Host::of(open(Path::new(store))?);
    let clients = asked.clients;
    let uids: Vec<String> = (0..=clients).map(uid).collect();
    let of = |n: i64| uids.get(n.unsigned_abs() as usize).map_or("", String::as_str);
    Host::with(host.handle(), |engine| {
        compare(
            "decide",
            asked.plan,
            |index| by_rust(engine, index, clients, of),
            |index| {
                let n = nth(index, clients);
                if host.decide(of(n)) == (0, data::is_valid(n)) { Ok(()) } else { Err(wrong(n).into()) }
            },
        )
        .map(|_| ())
    })
}

fn wrong(n: i64) -> String {
    format!("client {n}")
}

/// What the reader sends is there before the call: making it is not what is measured.
fn by_rust<'a>(engine: &Engine, index: u64, clients: i64, of: impl Fn(i64) -> &'a str) -> Result<()> {
    let n = nth(index, clients);
    let request = AccessDecide { card: Some(of(n).to_owned()), ..AccessDecide::default() };
    let decision = engine.access_decide(&Call::default(), request)?;
    if (decision.outcome == Outcome::Admitted) == data::is_valid(n) { Ok(()) } else { Err(wrong(n).into()) }
}

fn measure(asked: &Asked, engine: &Engine, host: &mut Host) -> Result<()> {
    let clients = asked.clients;
    let uids: Vec<String> = (0..=clients).map(uid).collect();
    let of = |n: i64| uids.get(n.unsigned_abs() as usize).map_or("", String::as_str);
    let by_rust = |index: u64| by_rust(engine, index, clients, of);
    let requests: Vec<String> =
        uids.iter().map(|uid| format!(r#"{{"op":"access.decide","args":{{"card":"{uid}"}}}}"#)).collect();
    let request = |n: i64| requests.get(n.unsigned_abs() as usize).map_or("", String::as_str);
    let json = compare("json", asked.plan, by_rust, |index| {
        let n = nth(index, clients);
        let (code, len) = host.execute(request(n));
        if code == 0 && len > 100 { Ok(()) } else { Err(wrong(n).into()) }
    })?;
    let answer = AccessDecide { card: Some(of(2).to_owned()), ..AccessDecide::default() };
    let answer = engine.access_decide(&Call::default(), answer)?;
    let mut out = Vec::new();
    let mut plain = |n: i64| match carnet_calls::floor(request(n), &answer, &mut out) {
        0 => Ok(()),
        _ => Err(wrong(n).into()),
    };
    // Where JSON is read and written, the store was at work before and has the caches. So the floor too is what it costs
    // over the Rust call, by turns with it; the same again and again alone costs less than it can cost any program.
    let floor = compare("json_floor", asked.plan, by_rust, |index| {
        by_rust(index)?;
        plain(nth(index, clients))
    })?;
    let mut alone = Vec::new();
    for index in 0..200_000_u64 {
        alone.push(nanos(|| plain(nth(index, clients)))?);
    }
    let nothing = (0..200_000).map(|_| nanos(|| Ok(()))).collect::<Result<Vec<f64>>>()?;
    let alone = median(alone) - median(nothing);
    println!("json_floor_alone_ns={alone:.0} request_bytes={} reply_bytes={}", request(2).len(), out.len());
    let entered = |n: i64, is_in: bool| {
        if is_in == data::is_valid(n) { Ok(()) } else { Err(wrong(n).into()) }
    };
    let enter_by_rust = |index: u64| {
        let (n, index) = (nth(index, clients), FIRST + index);
        let call = Call::at(Instant::from_micros(time(index))?).key(key(index));
        let request = AccessEnter { card: Some(of(n).to_owned()), ..AccessEnter::default() };
        entered(n, engine.access_enter(&call, request)?.visit.is_some())
    };
    // An entry writes, and what it takes varies more: it needs more pairs.
    let longer = Plan { seconds: asked.plan.seconds * 3.0, ..asked.plan };
    let enter = compare("enter", longer, enter_by_rust, |index| {
        let (n, index) = (nth(index, clients), FIRST + index);
        match host.enter(of(n), time(index), &key(index)) {
            (0, is_in) => entered(n, is_in),
            (code, _) => Err(format!("client {n}: {code}").into()),
        }
    })?;
    goal("enter", enter.over, 1000.0, "ns over the Rust call");
    println!("ratio_json={:.2}", json.over / floor.over);
    println!("ratio_json_to_floor_alone={:.2}", json.over / alone);
    goal("json", json.over / floor.over, 1.5, "x the floor over the Rust call");
    Ok(())
}

/// One way of calling alone, for a profiler: `ffi-calls rust|c|json|floor|enter|enter-c TIMES`. What of it is the door's
/// own are the instructions of 3000 times less those of 1000 times, of one way less those of the other.
pub fn calls(asked: &Asked) -> Result<()> {
    let clients = asked.clients;
    let [way, times] = asked.rest.as_slice() else { return Err("ffi-calls WAY TIMES".into()) };
    let store = data::copy(&data::store(clients)?, "ffi-calls")?;
    let mut host = Host::of(open(&store)?);
    let uids: Vec<String> = (0..=clients).map(uid).collect();
    let of = |n: i64| uids.get(n.unsigned_abs() as usize).map_or("", String::as_str);
    let requests: Vec<String> =
        uids.iter().map(|uid| format!(r#"{{"op":"access.decide","args":{{"card":"{uid}"}}}}"#)).collect();
    let request = |n: i64| requests.get(n.unsigned_abs() as usize).map_or("", String::as_str);
    let mut out = Vec::new();
    Host::with(host.handle(), |engine| {
        let answer = AccessDecide { card: Some(of(2).to_owned()), ..AccessDecide::default() };
        let answer = engine.access_decide(&Call::default(), answer)?;
        for index in 1..=times.parse()? {
            let n = nth(index, clients);
            let found = match way.as_str() {
                "rust" => {
                    let request = AccessDecide { card: Some(of(n).to_owned()), ..AccessDecide::default() };
                    let decision = engine.access_decide(&Call::default(), request)?;
                    usize::from(decision.outcome == Outcome::Admitted)
                }
                "c" => usize::from(host.decide(of(n)).1),
                "json" => host.execute(request(n)).1,
                "enter" => {
                    let (at, key) = (time(FIRST + index), key(FIRST + index));
                    let request = AccessEnter { card: Some(of(n).to_owned()), ..AccessEnter::default() };
                    let call = Call::at(Instant::from_micros(at)?).key(key);
                    usize::from(engine.access_enter(&call, request)?.visit.is_some())
                }
                "enter-c" => {
                    let index = FIRST + index;
                    usize::from(host.enter(of(n), time(index), &key(index)).1)
                }
                _ => carnet_calls::floor(request(n), &answer, &mut out) as usize,
            };
            std::hint::black_box(found);
        }
        Ok::<(), Box<dyn std::error::Error + Send + Sync>>(())
    })?;
    drop(host);
    data::remove(&store);
    Ok(())
}
