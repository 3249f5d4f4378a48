//! Power cuts without running the script again: it runs once, the disk writes down what it does, and each cut is made
//! from that [`Tape`]. So every operation can be cut many times, in a fraction of the time.
//!
//! What must hold after a cut is one sentence: the store is, page for page, what it was at one of its commits, no older
//! than the last one that a caller was told of. Each of those states is checked whole once, when it is reached; and after
//! some of the cuts the program itself opens the store, checks it and goes on.

use crate::disk::{Disk, Image};
use crate::harness::{self, Finding};
use crate::look::{self, Pages};
use crate::rng::Rng;
use crate::tape::{Commits, Event, Shadow, Tape};
use rusqlite::Connection;
use std::time::{Duration, Instant};

/// A program whose work is recorded.
pub trait Script: Sync {
    /// Where its store lies on the disk.
    fn path(&self) -> &str;

    /// A query for the last position of the store: what [`Disk::mark`] speaks of.
    fn position(&self) -> &str;

    /// Runs on a disk and records it: on `base`, which a cut left, or from wherever the script begins. It must look its
    /// own store over at the end, and what it answered.
    ///
    /// # Errors
    /// What is wrong with the store or the script: no disk fails here.
    fn record(&self, disk: &Disk, seed: u64, generation: u64, base: Option<&Image>) -> Result<Tape, String>;

    /// Looks a state over that a commit left.
    ///
    /// # Errors
    /// What is wrong with it.
    fn state(&self, store: &Connection) -> Result<(), String>;

    /// Opens the store that a cut left as the program does, checks it, and does one more operation.
    ///
    /// # Errors
    /// What is wrong with it.
    fn go_on(&self, disk: &Disk) -> Result<(), String>;
}

/// How cuts are made.
#[derive(Debug, Clone)]
pub struct Options {
    /// Syncs are acknowledged and not done: the check must notice.
    pub lying: bool,
    /// So many disks are made of each operation that leaves anything to chance.
    pub variants: u64,
    /// So many recordings in a row on one store, each on what a cut of the last one left.
    pub generations: u64,
    /// After one cut in so many the program itself goes on.
    pub go_on_every: u64,
    /// Recordings are made and cut side by side on so many threads.
    pub threads: u64,
    /// The one seed of all recordings, for a finding that was made with it.
    pub tape: Option<u64>,
}

impl Default for Options {
    fn default() -> Self {
        Self { lying: false, variants: 4, generations: 2, go_on_every: 50, threads: 1, tape: None }
    }
}

/// What the cuts did.
#[derive(Debug, Clone, Default)]
pub struct Report {
    /// How many cuts there were.
    pub cuts: u64,
    /// Cuts after which the store was an older state than the last answered one.
    pub lost_acks: u64,
    /// Cuts after which it was no state that ever was, or did not open; and recordings that found something wrong.
    pub broken: u64,
    /// Recordings.
    pub tapes: u64,
    /// Operations that were cut.
    pub points: u64,
    /// States that commits left; each was checked whole.
    pub states: u64,
    /// Commits that brought several answered operations at once.
    pub shared: u64,
    /// Answers that were given.
    pub answers: u64,
    /// Cuts that gave back a newer state than the last answered one.
    pub newer: u64,
    /// Cuts after which the program itself went on.
    pub gone_on: u64,
    /// The first finding.
    pub first: Option<String>,
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

    fn note(&mut self, finding: Finding, place: impl FnOnce() -> String) {
        match &finding {
            Finding::Lost(_) => self.lost_acks += 1,
            Finding::Broken(_) => self.broken += 1,
        }
        self.first.get_or_insert_with(|| format!("{}: {finding:?}", place()));
    }

    fn add(&mut self, other: Self) {
        self.cuts += other.cuts;
        self.lost_acks += other.lost_acks;
        self.broken += other.broken;
        self.tapes += other.tapes;
        self.points += other.points;
        self.states += other.states;
        self.shared += other.shared;
        self.answers += other.answers;
        self.newer += other.newer;
        self.gone_on += other.gone_on;
        self.first = self.first.take().or(other.first);
    }
}

/// Cuts the power `n` times.
pub fn cuts<S: Script>(n: u64, seed: u64, script: &S, options: &Options) -> Report {
    let start = Instant::now();
    let threads = options.threads.max(1);
    let mut report = std::thread::scope(|scope| {
        let part = |k: u64| {
            run(n / threads + u64::from(k < n % threads), Rng::new(seed ^ k).bits(), script, options)
        };
        let others: Vec<_> = (1..threads).map(|k| scope.spawn(move || part(k))).collect();
        let mut report = part(0);
        for other in others {
            match other.join() {
                Ok(part) => report.add(part),
                Err(_) => report.note(Finding::Broken("a panic".to_owned()), || "a thread".to_owned()),
            }
        }
        report
    });
    report.elapsed = start.elapsed();
    report
}

fn run<S: Script>(n: u64, seed: u64, script: &S, options: &Options) -> Report {
    let mut report = Report::default();
    let (live, wrecks) = match (harness::disk(), harness::disk()) {
        (Ok(live), Ok(wrecks)) => (live, wrecks),
        (live, wrecks) => {
            let why = live.err().or(wrecks.err()).unwrap_or_default();
            report.note(Finding::Broken(why), || "no disk".to_owned());
            return report;
        }
    };
    let mut seeds = Rng::new(seed);
    while report.cuts < n {
        let drawn = seeds.bits();
        let (seed, before) = (options.tape.unwrap_or(drawn), report.cuts);
        let mut base = None;
        for generation in 0..options.generations {
            let place = format!("seed {seed:#x}, generation {generation}");
            let recorded = harness::guard(|| script.record(&live, seed, generation, base.as_ref()));
            live.clear();
            let left = match recorded {
                Ok(tape) => {
                    report.tapes += 1;
                    let rng = Rng::new(seed ^ generation);
                    let mut player = Player {
                        script,
                        options,
                        place: &place,
                        disk: &wrecks,
                        shadow: Shadow::new(&tape, options.lying),
                        states: Vec::new(),
                        oldest: 0,
                        rng,
                        memory: Vec::new(),
                        left: None,
                        seen: 0,
                        n,
                        report: &mut report,
                    };
                    let played = player.play(&tape);
                    let left = player.left.take();
                    match played {
                        Ok(()) => left,
                        Err(finding) => {
                            report.note(finding, || place.clone());
                            None
                        }
                    }
                }
                Err(failure) => {
                    report.note(Finding::Broken(failure.to_string()), || place.clone());
                    None
                }
            };
            let sound = report.first.is_none() && report.cuts < n;
            base = left.filter(|_| sound);
            if base.is_none() {
                break;
            }
        }
        if report.cuts == before {
            // A script that cannot be recorded is found once, not for ever.
            break;
        }
    }
    wrecks.clear();
    report
}

/// A state that a commit left.
struct State {
    pages: Vec<u8>,
    position: u64,
}

struct Player<'a, S> {
    script: &'a S,
    options: &'a Options,
    place: &'a str,
    /// Where wrecks are looked at.
    disk: &'a Disk,
    shadow: Shadow,
    states: Vec<State>,
    /// The state of the last answer: none before it may come back.
    oldest: usize,
    rng: Rng,
    memory: Vec<Vec<u8>>,
    /// One of the wrecks, for the next generation.
    left: Option<Image>,
    seen: u64,
    n: u64,
    report: &'a mut Report,
}

impl<S: Script> Player<'_, S> {
    fn play(&mut self, tape: &Tape) -> Result<(), Finding> {
        self.reach()?;
        let mut commits = Commits::default();
        for (number, event) in tape.events.iter().enumerate() {
            if let Event::Answered(position) = event {
                self.answer(*position)?;
            }
            if !self.shadow.begin(event) {
                continue;
            }
            if commits.completes(event) {
                self.reach()?;
            }
            self.cut(number);
            if self.report.cuts >= self.n {
                return Ok(());
            }
            self.shadow.end(event);
        }
        self.cut(tape.events.len());
        Ok(())
    }

    /// A new state: what the store is if all that was written stays.
    fn reach(&mut self) -> Result<(), Finding> {
        let live = self.shadow.live();
        self.memory.extend(self.disk.put_wreck(live));
        let state = self.state().map_err(|why| Finding::Broken(format!("without any cut: {why}")))?;
        let before = self.states.last().map_or(state.position, |state| state.position);
        if state.position < before {
            return Err(Finding::Broken(format!("without any cut: {} after {before}", state.position)));
        }
        self.report.states += 1;
        self.report.shared += u64::from(state.position > before + 1);
        self.states.push(state);
        Ok(())
    }

    fn state(&self) -> Result<State, String> {
        let Some(store) = look::open(self.disk, self.script.path())? else {
            return Ok(State { pages: Vec::new(), position: 0 });
        };
        look::check(&store, "PRAGMA integrity_check")?;
        let pages = Pages::of(&store)?.bytes().to_vec();
        let position = if pages.is_empty() {
            0
        } else {
            self.script.state(&store)?;
            let found = store.query_row(self.script.position(), [], |row| row.get::<_, i64>(0));
            found.map(i64::unsigned_abs).map_err(|error| error.to_string())?
        };
        Ok(State { pages, position })
    }

    fn answer(&mut self, position: u64) -> Result<(), Finding> {
        self.report.answers += 1;
        let reached = self.states.iter().position(|state| state.position >= position);
        let reached =
            reached.ok_or_else(|| Finding::Lost(format!("{position} was answered before its commit")))?;
        self.oldest = self.oldest.max(reached);
        Ok(())
    }

    fn cut(&mut self, number: usize) {
        self.report.points += 1;
        let variants = if self.shadow.is_unsafe() { self.options.variants } else { 1 };
        for variant in 0..variants {
            if self.report.cuts >= self.n {
                return;
            }
            let files = self.shadow.cut(&mut self.rng, &mut self.memory);
            self.report.cuts += 1;
            self.seen += 1;
            // Kept with a falling chance, the last one kept is any of them.
            if self.options.generations > 1 && self.rng.below(self.seen) == 0 {
                self.left = Some(Image(files.iter().cloned().collect()));
            }
            self.memory.extend(self.disk.put_wreck(files));
            if let Err(finding) = self.look() {
                let place = || format!("{}, event {number}, disk {variant}", self.place);
                self.report.note(finding, place);
            }
        }
    }

    fn look(&mut self) -> Result<(), Finding> {
        let found = self.find().map_err(Finding::Broken)?;
        match found {
            Some(index) if index >= self.oldest => self.report.newer += u64::from(index > self.oldest),
            Some(index) => {
                let position = |index| self.states.get(index).map(|state: &State| state.position);
                let (has, had) = (position(index), position(self.oldest));
                return Err(Finding::Lost(format!("{had:?} was answered, {has:?} is there")));
            }
            None => return Err(Finding::Broken("a state that no commit left".to_owned())),
        }
        if self.report.cuts.is_multiple_of(self.options.go_on_every) {
            self.report.gone_on += 1;
            let gone = harness::guard(|| self.script.go_on(self.disk));
            gone.map_err(|failure| Finding::Broken(format!("going on: {failure}")))?;
        }
        Ok(())
    }

    /// Which state the store is in now, the newest if there are several.
    fn find(&self) -> Result<Option<usize>, String> {
        let is = |pages: &[u8]| self.states.iter().rposition(|state| state.pages == pages);
        let Some(store) = look::open(self.disk, self.script.path())? else { return Ok(is(&[])) };
        look::check(&store, "PRAGMA quick_check")?;
        Ok(is(Pages::of(&store)?.bytes()))
    }
}
