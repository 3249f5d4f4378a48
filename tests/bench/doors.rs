//! `enter-doors`: eight doors of 50 entries a second each, against a hand-written queue under the same arrivals. A client
//! waits from the moment they hold their card up, so the time counts from the arrival that the schedule says.

use crate::Asked;
use crate::concurrent::{Ask, with_writer, write_same};
use crate::decide::nth;
use crate::enter::{Copies, Disk, FIRST, by_engine, key, open, time, warm};
use crate::floor::Checkpoints;
use crate::measure::{Result, goal, median, percentile, ratios_of, scatter};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Sender, sync_channel};
use std::time::{Duration, Instant};

const DOORS: u64 = 8;
/// A door's clients come one in each slot, at any moment of it.
const SLOT: Duration = Duration::from_millis(20);
/// A thread that sleeps wakes late; the rest is waited for awake.
const WAKE: Duration = Duration::from_micros(150);

/// What one run found: p50, p99, p99.9 and the longest, in microseconds.
type Found = [f64; 4];
const NAMES: [&str; 4] = ["p50", "p99", "p999", "max"];

/// When each client of a door comes, from the beginning of a run.
fn arrivals(door: u64, run: u64, seconds: f64) -> impl Iterator<Item = Duration> {
    let slots = (seconds / SLOT.as_secs_f64()) as u64;
    let slot_us = SLOT.as_micros() as u64;
    (0..slots).map(move |slot| {
        let late = scatter((run * DOORS + door) * 1_000_003 + slot) % slot_us;
        Duration::from_micros(slot * slot_us + late)
    })
}

fn wait(until: Instant) {
    if let Some(left) = until.checked_duration_since(Instant::now() + WAKE) {
        std::thread::sleep(left);
    }
    while Instant::now() < until {
        std::hint::spin_loop();
    }
}

/// All doors of one run; each gets its own way of letting in.
fn doors<E>(run: u64, seconds: f64, next: &AtomicU64, enter: impl Fn() -> E) -> Result<Found>
where
    E: FnMut(u64) -> Result<()> + Send,
{
    let begun = Instant::now() + Duration::from_millis(20);
    let taken: Result<Vec<Vec<u64>>> = std::thread::scope(|scope| {
        let running: Vec<_> = (0..DOORS)
            .map(|door| {
                let mut enter = enter();
                scope.spawn(move || -> Result<Vec<u64>> {
                    let mut taken = Vec::new();
                    for after in arrivals(door, run, seconds) {
                        let arrived = begun + after;
                        wait(arrived);
                        enter(next.fetch_add(1, Ordering::Relaxed))?;
                        taken.push(u64::try_from(arrived.elapsed().as_nanos())?);
                    }
                    Ok(taken)
                })
            })
            .collect();
        running.into_iter().map(|door| door.join().map_err(|_| "a door panicked")?).collect()
    });
    let mut taken = taken?.concat();
    taken.sort_unstable();
    println!("samples={}", taken.len());
    Ok([0.5, 0.99, 0.999, 1.0].map(|part| percentile(&taken, part)))
}

fn by_queue(queue: Sender<Ask>) -> impl FnMut(u64) -> Result<()> {
    move |index| {
        let (answer, answered) = sync_channel(1);
        queue.send((index, answer)).map_err(|_| "the writer ended")?;
        Ok(answered.recv()?)
    }
}

/// The p50 of some overwrites with `fdatasync`, while nothing else runs.
fn fdatasync(disk: &Disk) -> Result<f64> {
    let mut taken = Vec::new();
    for _ in 0..300 {
        let begun = Instant::now();
        disk.sync()?;
        taken.push(u64::try_from(begun.elapsed().as_nanos())?);
    }
    taken.sort_unstable();
    Ok(percentile(&taken, 0.5))
}

pub fn bench(asked: &Asked) -> Result<()> {
    let (clients, seconds) = (asked.clients, asked.plan.seconds);
    let copies = Copies::make(clients)?;
    let engine = open(&copies.engine)?;
    let payloads = warm(&engine, &copies.engine)?;
    let _checkpoints = Checkpoints::start(&copies.same)?;
    let (next, disk) = (AtomicU64::new(FIRST), Disk::new()?);
    let (mut engines, mut floors, mut syncs) = (Vec::new(), Vec::new(), Vec::new());
    for run in 0..u64::try_from(asked.plan.runs)? {
        let before = fdatasync(&disk)?;
        engines.push(doors(run, seconds, &next, || {
            |index| by_engine(&engine, nth(index, clients), time(index), key(index))
        })?);
        floors.push(with_writer(
            |asks| write_same(&copies.same, &payloads, clients, asks),
            |queue| doors(run, seconds, &next, || by_queue(queue.clone())),
        )?);
        syncs.push(f64::midpoint(before, fdatasync(&disk)?));
    }
    println!("fdatasync_us={:.2}", median(syncs.clone()));
    let column = |found: &[Found], which: usize| -> Vec<f64> {
        found.iter().filter_map(|run| run.get(which)).copied().collect()
    };
    for (lane, found) in [("engine", &engines), ("floor_same", &floors)] {
        for (which, name) in NAMES.iter().enumerate() {
            println!("{lane}_{name}_us={:.2}", median(column(found, which)));
        }
    }
    let to_sync = |found: &[Found], which| -> Vec<f64> {
        column(found, which).iter().zip(&syncs).map(|(taken, sync)| taken / sync).collect()
    };
    ratios_of("floor_p999_ratio", to_sync(&floors, 2));
    ratios_of("floor_max_ratio", to_sync(&floors, 3));
    let p999 = ratios_of("p999_ratio", to_sync(&engines, 2));
    let max = ratios_of("max_ratio", to_sync(&engines, 3));
    let by = |which| column(&engines, which).iter().zip(column(&floors, which)).map(|(a, b)| a / b).collect();
    ratios_of("ratio", by(0));
    ratios_of("ratio_p999", by(2));
    goal("p999", p999, 60.0);
    goal("max", max, 150.0);
    Ok(())
}
