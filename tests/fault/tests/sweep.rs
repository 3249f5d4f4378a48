//! Every operation of the hand-written script fails in turn.

use carnet_fault::io::{self, Options};
use carnet_fault::raw::{Script, Session};
use carnet_fault::{Disk, Finding, History, Step, Workload};

fn sweep(what: &str, script: &Script, options: &Options) {
    let report = io::sweep_with(script, options);
    println!("{what}: {} problems, {report:?}", report.problems.len());
    assert!(report.problems.is_empty(), "{:#?}", report.problems.iter().take(5).collect::<Vec<_>>());
    assert!(
        report.struck * 2 > report.runs && report.errors > report.ops,
        "the faults do not strike: {report:?}"
    );
}

#[test]
fn a_made_store() {
    for beside in [true, false] {
        let script = Script { beside, ..Script::default() };
        sweep(&format!("beside={beside}"), &script, &Options::default());
    }
}

#[test]
fn from_nothing() {
    sweep("fresh", &Script::default(), &Options { fresh: true, ..Options::default() });
}

#[test]
fn a_fault_and_then_a_power_cut() {
    sweep("then cut", &Script::default(), &Options { then_cut: true, ..Options::default() });
}

/// Two bad programs: one takes an error for success, the other panics at it.
struct Bad {
    script: Script,
    panics: bool,
}

impl Workload for Bad {
    type Session = Session;

    fn open(&self, disk: &Disk) -> Result<Session, String> {
        self.script.open(disk)
    }

    fn step(&self, session: &mut Session, i: u64) -> Result<Step, String> {
        match self.script.step(session, i) {
            Err(e) if self.panics => std::panic::resume_unwind(Box::new(e)),
            Err(_) => Ok(Step::Acknowledged),
            ok => ok,
        }
    }

    fn check(&self, session: &mut Session, history: &History) -> Result<(), Finding> {
        self.script.check(session, history)
    }
}

#[test]
fn bad_programs_are_seen() {
    let options = Options { stride: 7, ..Options::default() };
    for (panics, word) in [(false, "Lost"), (true, "panicked")] {
        let report = io::sweep_with(&Bad { script: Script::default(), panics }, &options);
        let seen = report.problems.iter().filter(|p| p.contains(word)).count();
        println!("panics={panics}: {seen} of {} runs", report.runs);
        assert!(seen * 100 >= usize::try_from(report.runs).unwrap() * 30, "the sweep is blind: {report:?}");
    }
}
