//! `enter-concurrent`: eight callers flat out, against eight callers of one writer thread that commits in groups.

use crate::Asked;
use crate::decide::nth;
use crate::enter::{Copies, FIRST, by_engine, key, open, time, warm};
use crate::floor::lean::Lean;
use crate::floor::same::{Payloads, Same};
use crate::floor::{self, Checkpoints};
use crate::measure::{Result, median, ratios_of, together};
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, Sender, SyncSender, channel, sync_channel};

const CALLERS: u64 = 8;
const GROUP: usize = 64;

/// A running number and where the answer goes.
pub type Ask = (u64, SyncSender<()>);

pub fn bench(asked: &Asked) -> Result<()> {
    let (clients, seconds) = (asked.clients, asked.plan.seconds / 3.0);
    let copies = Copies::make(clients)?;
    let engine = open(&copies.engine)?;
    let payloads = warm(&engine, &copies.engine)?;
    let _checkpoints = (Checkpoints::start(&copies.same)?, Checkpoints::start(&copies.lean)?);
    let next = AtomicU64::new(FIRST);
    let (mut engines, mut sames, mut leans) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..asked.plan.runs {
        engines.push(together(CALLERS, seconds, |_, ready| {
            ready.repeat(|_| {
                let index = next.fetch_add(1, Ordering::Relaxed);
                by_engine(&engine, nth(index, clients), time(index), key(index))
            })
        })?);
        let callers = |queue: Sender<Ask>| callers(&queue, seconds, &next);
        sames.push(with_writer(|asks| write_same(&copies.same, &payloads, clients, asks), callers)?);
        leans.push(with_writer(|asks| write_lean(&copies.lean, clients, asks), callers)?);
    }
    for (name, rates) in [("engine", &engines), ("floor_same", &sames), ("floor_lean", &leans)] {
        println!("{name}_per_second={:.0}", median(rates.clone()));
    }
    let ratios = |floors: &[f64]| engines.iter().zip(floors).map(|(engine, floor)| engine / floor).collect();
    let to_same = ratios_of("rate_ratio", ratios(&sames));
    ratios_of("rate_ratio_lean", ratios(&leans));
    println!("goal_rate={} ({to_same:.2} of at least 0.70)", if to_same >= 0.7 { "met" } else { "missed" });
    Ok(())
}

fn callers(queue: &Sender<Ask>, seconds: f64, next: &AtomicU64) -> Result<f64> {
    together(CALLERS, seconds, |_, ready| {
        let queue = queue.clone();
        ready.repeat(|_| {
            // The writer holds the only sender: if it fails, nobody waits for it.
            let (answer, answered) = sync_channel(1);
            queue.send((next.fetch_add(1, Ordering::Relaxed), answer)).map_err(|_| "the writer ended")?;
            Ok(answered.recv()?)
        })
    })
}

/// Runs callers beside a writer thread, which ends when they have.
pub fn with_writer<T>(
    writer: impl FnOnce(Receiver<Ask>) -> Result<()> + Send,
    callers: impl FnOnce(Sender<Ask>) -> Result<T>,
) -> Result<T> {
    let (queue, asks) = channel();
    std::thread::scope(|scope| {
        let thread = scope.spawn(move || writer(asks));
        let rate = callers(queue);
        thread.join().map_err(|_| "the writer panicked")??;
        rate
    })
}

/// Takes what has queued up, has it written in one transaction and answers everybody after the commit.
fn groups(asks: &Receiver<Ask>, mut write: impl FnMut(&[Ask]) -> Result<()>) -> Result<()> {
    let mut group = Vec::with_capacity(GROUP);
    while let Ok(first) = asks.recv() {
        group.push(first);
        group.extend(asks.try_iter().take(GROUP - 1));
        write(&group)?;
        for (_, answer) in group.drain(..) {
            answer.send(())?;
        }
    }
    Ok(())
}

pub fn write_same(path: &Path, payloads: &Payloads, clients: i64, asks: Receiver<Ask>) -> Result<()> {
    let db = floor::writer(path)?;
    let mut same = Same::new(&db, payloads.clone())?;
    groups(&asks, |group| {
        same.begin()?;
        for (index, _) in group {
            same.enter(nth(*index, clients), time(*index), &key(*index))?;
        }
        same.commit()
    })
}

fn write_lean(path: &Path, clients: i64, asks: Receiver<Ask>) -> Result<()> {
    let db = floor::writer(path)?;
    let mut lean = Lean::new(&db)?;
    groups(&asks, |group| {
        lean.begin()?;
        for (index, _) in group {
            lean.enter(nth(*index, clients), time(*index))?;
        }
        lean.commit()
    })
}
