//! Makes every single operation of a script fail, in every way.

use crate::disk::{Disk, Fault, Image};
use crate::harness::{self, Failure, Finding, History, Workload};
use std::time::{Duration, Instant};

/// The faults of a full sweep.
pub const FAULTS: [Fault; 6] = [
    Fault::IoErrOnce,
    Fault::IoErrForever,
    Fault::Full { window: None },
    Fault::Full { window: Some(3) },
    Fault::ShortRead,
    Fault::ReadErrOnce,
];

/// How a sweep is made.
#[derive(Debug, Clone)]
pub struct Options {
    /// The script begins with an empty disk, so that making the store fails, too.
    pub fresh: bool,
    /// Only every so many-th operation; 1 is all of them.
    pub stride: u64,
    /// After the fault the power goes: what was acknowledged meanwhile must be there.
    pub then_cut: bool,
    /// The faults to try.
    pub faults: Vec<Fault>,
}

impl Default for Options {
    fn default() -> Self {
        Self { fresh: false, stride: 1, then_cut: false, faults: FAULTS.to_vec() }
    }
}

/// What a sweep did.
#[derive(Debug, Clone, Default)]
pub struct Report {
    /// Operations of the script.
    pub ops: u64,
    /// Runs of the script.
    pub runs: u64,
    /// Runs in which the fault struck.
    pub struck: u64,
    /// Openings and steps that returned an error.
    pub errors: u64,
    /// Runs in which the session worked again only after being opened anew, by fault. Only after a short
    /// read is that no problem: SQLite keeps the false page until the connection goes.
    pub reopened: u64,
    /// Everything that is wrong: panics, steps that fail on a healed disk, findings of the check.
    pub problems: Vec<String>,
    /// How long it took.
    pub elapsed: Duration,
}

/// Sweeps all faults over all operations of the script, from a made store.
pub fn sweep<W: Workload>(workload: &W) -> Report {
    sweep_with(workload, &Options::default())
}

/// Sweeps as the options say.
pub fn sweep_with<W: Workload>(workload: &W, options: &Options) -> Report {
    let start = Instant::now();
    let mut report = Report::default();
    if let Err(why) = all(workload, options, &mut report) {
        report.problems.push(format!("without any fault: {why}"));
    }
    report.elapsed = start.elapsed();
    report
}

fn all<W: Workload>(workload: &W, options: &Options, report: &mut Report) -> Result<(), String> {
    let disk = harness::disk()?;
    let mut image = Image::default();
    if !options.fresh {
        drop(workload.open(&disk)?);
        image = disk.image();
    }
    disk.load(&image);
    let mut session = workload.open(&disk)?;
    for i in 0..workload.steps() {
        workload.step(&mut session, i)?;
    }
    drop(session);
    report.ops = disk.ops();
    for at in (0..report.ops).step_by(usize::try_from(options.stride.max(1)).unwrap_or(1)) {
        for &fault in &options.faults {
            disk.load(&image);
            disk.fail_at(at, fault);
            let mut run = Run { workload, disk: &disk, fault, history: History::default(), next: 0, report };
            let result = run.script().and_then(|()| run.aftermath(options.then_cut, at));
            report.runs += 1;
            report.struck += u64::from(disk.hits() > 0);
            if let Err(problem) = result {
                report.problems.push(format!("{fault:?} at operation {at}: {problem}"));
            }
        }
    }
    disk.clear();
    Ok(())
}

struct Run<'a, W: Workload> {
    workload: &'a W,
    disk: &'a Disk,
    fault: Fault,
    history: History,
    next: u64,
    report: &'a mut Report,
}

impl<W: Workload> Run<'_, W> {
    fn step(&mut self, session: &mut W::Session) -> Result<bool, String> {
        let i = self.next;
        self.next += 1;
        match harness::step(self.workload, session, i, &mut self.history) {
            Ok(_) => Ok(true),
            Err(Failure::Panic(text)) => Err(format!("step {i} panicked: {text}")),
            Err(Failure::Error(_)) => {
                self.report.errors += 1;
                Ok(false)
            }
        }
    }

    /// The script with the fault in it; ends with a store that works on a healed disk.
    fn script(&mut self) -> Result<(), String> {
        let mut session = match harness::guard(|| self.workload.open(self.disk)) {
            Ok(session) => session,
            Err(Failure::Panic(text)) => return Err(format!("opening panicked: {text}")),
            Err(Failure::Error(_)) => {
                self.report.errors += 1;
                self.disk.clear_fault();
                harness::guard(|| self.workload.open(self.disk))
                    .map_err(|e| format!("healed, does not open: {e}"))?
            }
        };
        let mut failed_in_a_row = 0;
        while self.next < self.workload.steps() {
            if self.step(&mut session)? {
                failed_in_a_row = 0;
                continue;
            }
            failed_in_a_row += 1;
            // A lasting fault is to be met by a second step, too; then the disk is healed.
            if matches!(self.fault, Fault::IoErrForever | Fault::Full { .. }) && failed_in_a_row < 2 {
                continue;
            }
            self.disk.clear_fault();
            if self.step(&mut session)? {
                failed_in_a_row = 0;
                continue;
            }
            self.report.reopened += 1;
            if self.fault != Fault::ShortRead {
                return Err(format!("healed, and step {} fails", self.next - 1));
            }
            harness::close(session).map_err(|e| format!("does not close: {e}"))?;
            session = harness::guard(|| self.workload.open(self.disk))
                .map_err(|e| format!("healed, does not open: {e}"))?;
            if !self.step(&mut session)? {
                return Err(format!("healed and reopened, and step {} fails", self.next - 1));
            }
        }
        // Closing may meet the fault as well.
        harness::close(session).map_err(|e| format!("does not close: {e}"))?;
        Ok(())
    }

    fn aftermath(&mut self, then_cut: bool, seed: u64) -> Result<(), String> {
        self.disk.clear_fault();
        if then_cut {
            self.disk.reboot(seed);
        }
        let mut session =
            harness::reopen(self.workload, self.disk, &self.history).map_err(|f| self.tell(&f))?;
        if !self.step(&mut session)? {
            return Err("healed and reopened, and a step fails".to_owned());
        }
        harness::check(self.workload, &mut session, &self.history).map_err(|f| self.tell(&f))?;
        harness::close(session).map_err(|e| format!("does not close: {e}"))
    }

    fn tell(&self, finding: &Finding) -> String {
        format!("{finding:?}; {:?}", self.history)
    }
}
