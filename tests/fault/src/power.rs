//! Cuts the power at random operations and asks what is left.

use crate::disk::{Disk, Fault, Image};
use crate::harness::{self, Failure, Finding, History, Workload};
use crate::rng::Rng;
use std::time::{Duration, Instant};

/// How cuts are made.
#[derive(Debug, Clone)]
pub struct Options {
    /// The disk acknowledges syncs and does not do them: the checker must notice.
    pub lying: bool,
    /// So many cuts in a row on one store, each on what the last one left, recovered and closed or as it was.
    pub generations: u64,
    /// One life in so many begins with an empty disk, so that making the store is cut; the others with a made one.
    pub fresh_every: u64,
    /// Lives run side by side on so many threads, each with a disk of its own.
    pub threads: u64,
}

impl Default for Options {
    fn default() -> Self {
        Self { lying: false, generations: 6, fresh_every: 8, threads: 1 }
    }
}

/// What the cuts did.
#[derive(Debug, Clone, Default)]
pub struct Report {
    /// How many cuts there were.
    pub cuts: u64,
    /// Cuts after which an acknowledged step was missing from a sound store.
    pub lost_acks: u64,
    /// Cuts after which the store was damaged, did not open, or held what nobody did.
    pub broken: u64,
    /// Panics, of anything.
    pub panics: u64,
    /// Steps that were acknowledged.
    pub acknowledged: u64,
    /// Cuts that hit before the store was open.
    pub in_open: u64,
    /// Cuts that came after the last operation of the script.
    pub after_close: u64,
    /// The first finding.
    pub first: Option<String>,
    /// The seed of its life, for [`life`].
    pub first_life: Option<u64>,
    /// How long it took.
    pub elapsed: Duration,
}

impl Report {
    /// Cuts per minute.
    #[must_use]
    pub fn per_minute(&self) -> u64 {
        let micros = self.elapsed.as_micros().max(1);
        u64::try_from(u128::from(self.cuts) * 60_000_000 / micros).unwrap_or(u64::MAX)
    }

    /// Lost or broken, in percent of the cuts.
    #[must_use]
    pub fn caught_percent(&self) -> u64 {
        (self.lost_acks + self.broken) * 100 / self.cuts.max(1)
    }

    fn add(&mut self, other: Self) {
        self.cuts += other.cuts;
        self.lost_acks += other.lost_acks;
        self.broken += other.broken;
        self.panics += other.panics;
        self.acknowledged += other.acknowledged;
        self.in_open += other.in_open;
        self.after_close += other.after_close;
        if self.first.is_none() {
            (self.first, self.first_life) = (other.first, other.first_life);
        }
    }

    fn note(&mut self, life: Option<u64>, what: String) {
        if self.first.is_none() {
            (self.first, self.first_life) = (Some(what), life);
        }
    }
}

/// What every life starts from.
struct Base {
    image: Image,
    /// How many operations a script has, from nothing and from the image.
    fresh_ops: u64,
    ops: u64,
    /// How many of the first are in opening.
    open_ops: u64,
}

/// Cuts the power `n` times at random operations of the script, with the default options.
pub fn cuts<W: Workload + Sync>(n: u64, seed: u64, workload: &W) -> Report {
    cuts_with(n, seed, workload, &Options::default())
}

/// Cuts the power `n` times.
pub fn cuts_with<W: Workload + Sync>(n: u64, seed: u64, workload: &W, options: &Options) -> Report {
    let start = Instant::now();
    let threads = options.threads.max(1);
    let mut report = std::thread::scope(|scope| {
        let run = |k: u64| {
            run(n / threads + u64::from(k < n % threads), Rng::new(seed ^ k).bits(), workload, options)
        };
        let others: Vec<_> = (1..threads).map(|k| scope.spawn(move || run(k))).collect();
        let mut report = run(0);
        for other in others {
            match other.join() {
                Ok(part) => report.add(part),
                Err(_) => report.panics += 1,
            }
        }
        report
    });
    report.elapsed = start.elapsed();
    report
}

fn run<W: Workload>(n: u64, seed: u64, workload: &W, options: &Options) -> Report {
    let mut report = Report::default();
    let mut seeds = Rng::new(seed);
    match base(workload) {
        Err(why) => {
            report.broken = 1;
            report.note(None, format!("without any fault: {why}"));
        }
        Ok((disk, base)) => {
            while report.cuts < n {
                one_life(&disk, &base, seeds.bits(), n - report.cuts, workload, options, &mut report);
            }
            disk.clear();
        }
    }
    report
}

/// Repeats the one life that a report names, to look into it. Exact as long as the workload does the same operations
/// again: threads do not, and SQLite's own random numbers (the salts of a WAL) differ, which moves no operation.
pub fn life<W: Workload>(seed: u64, workload: &W, options: &Options) -> Report {
    let mut report = Report::default();
    match base(workload) {
        Err(why) => report.note(None, why),
        Ok((disk, base)) => one_life(&disk, &base, seed, u64::MAX, workload, options, &mut report),
    }
    report
}

/// Runs the script without faults from nothing, and from a store that is made and closed.
fn base<W: Workload>(workload: &W) -> Result<(std::sync::Arc<Disk>, Base), String> {
    let disk = harness::disk()?;
    drop(workload.open(&disk)?);
    let image = disk.image();
    let script = |fresh: bool| {
        if fresh {
            disk.clear();
        } else {
            disk.load(&image);
        }
        let mut session = workload.open(&disk)?;
        let open_ops = disk.ops();
        let mut history = History::default();
        for i in 0..workload.steps() {
            harness::step(workload, &mut session, i, &mut history).map_err(|e| format!("step {i}: {e}"))?;
        }
        workload.check(&mut session, &history).map_err(|e| format!("{e:?}"))?;
        drop(session);
        Ok::<_, String>((open_ops, disk.ops()))
    };
    let ((open_ops, fresh_ops), (_, ops)) = (script(true)?, script(false)?);
    Ok((disk, Base { image, fresh_ops, ops, open_ops }))
}

fn one_life<W: Workload>(
    disk: &Disk,
    base: &Base,
    seed: u64,
    cuts_max: u64,
    workload: &W,
    options: &Options,
    report: &mut Report,
) {
    let mut rng = Rng::new(seed);
    let fresh = rng.below(options.fresh_every.max(1)) == 0;
    if fresh {
        disk.clear();
    } else {
        disk.load(&base.image);
    }
    disk.lying(options.lying);
    let mut history = History::default();
    let mut next = 0;
    for generation in 0..options.generations.max(1).min(cuts_max) {
        let making = fresh && generation == 0;
        let ops = if making { base.fresh_ops } else { base.ops };
        // Half of the stores that are made are cut while they are made. A few cuts come after the end: then
        // the script was closed in order, and only what it left unsynced is at stake.
        let span = if making && rng.chance(4) { base.open_ops } else { ops + ops / 16 + 1 };
        let begin = disk.ops();
        disk.fail_at(begin + rng.below(span), Fault::PowerCut);
        let acknowledged = history.acknowledged.len();
        let panics = until_cut(disk, workload, &mut history, &mut next, report);
        let (at, was_cut) = (disk.ops() - begin, disk.is_cut());
        disk.reboot(rng.bits());
        let wreck = disk.image();
        report.cuts += 1;
        report.after_close += u64::from(!was_cut);
        report.acknowledged += u64::try_from(history.acknowledged.len() - acknowledged).unwrap_or(0);
        let place =
            format!("life {seed:#x}, generation {generation}, cut at operation {at} (of about {ops})");
        for panic in panics {
            report.panics += 1;
            report.note(Some(seed), format!("{place}: panic: {panic}"));
        }
        let finding = match harness::reopen(workload, disk, &history) {
            Ok(session) => match harness::close(session) {
                // The check recovered the store and closed it in order. Half of the time the next cut comes
                // to the wreck as it was, so that recovery and the first writes after it are cut.
                Ok(()) => {
                    if rng.chance(4) {
                        disk.load(&wreck);
                        disk.lying(options.lying);
                    }
                    continue;
                }
                Err(failure) => Finding::Broken(format!("does not close: {failure}")),
            },
            Err(finding) => finding,
        };
        match finding {
            Finding::Lost(_) => report.lost_acks += 1,
            Finding::Broken(_) => report.broken += 1,
        }
        report.note(Some(seed), format!("{place}: {finding:?}; {history:?}"));
        return;
    }
}

/// Runs the script until the power is cut or the script ends; returns what panicked.
fn until_cut<W: Workload>(
    disk: &Disk,
    workload: &W,
    history: &mut History,
    next: &mut u64,
    report: &mut Report,
) -> Vec<String> {
    let mut panics = Vec::new();
    let mut note = |failure| {
        if let Failure::Panic(text) = failure {
            panics.push(text);
        }
    };
    match harness::guard(|| workload.open(disk)) {
        Err(failure) => {
            report.in_open += 1;
            note(failure);
        }
        Ok(mut session) => {
            for _ in 0..workload.steps() {
                if let Err(failure) = harness::step(workload, &mut session, *next, history) {
                    note(failure);
                }
                *next += 1;
                if disk.is_cut() {
                    break;
                }
            }
            if let Err(failure) = harness::close(session) {
                note(failure);
            }
        }
    }
    panics
}
