//! Power cuts under the hand-written script. For the long run, `CARNET_FAULT_CUTS=1000000` makes the main
//! test longer, `CARNET_FAULT_THREADS` wider, and `CARNET_FAULT_SEED` different.

use carnet_fault::power::{self, Options, Report};
use carnet_fault::raw::Script;

fn run(what: &str, n: u64, script: &Script, options: &Options) -> Report {
    let report = power::cuts_with(n, env("CARNET_FAULT_SEED", 0xCA54E7), script, options);
    println!("{what}: {} cuts/min, {report:?}", report.per_minute());
    assert_eq!(report.panics, 0, "{report:?}");
    report
}

fn env(name: &str, or: u64) -> u64 {
    let Ok(text) = std::env::var(name) else { return or };
    let number = text.parse();
    assert!(number.is_ok(), "{name}={text} is not a number");
    number.unwrap_or(or)
}

#[test]
fn full_loses_nothing() {
    let options = Options { threads: env("CARNET_FAULT_THREADS", 1), ..Options::default() };
    for beside in [true, false] {
        let script = Script { beside, ..Script::default() };
        let report =
            run(&format!("WAL FULL beside={beside}"), env("CARNET_FAULT_CUTS", 3_000), &script, &options);
        assert_eq!((report.lost_acks, report.broken), (0, 0), "{report:?}");
        assert!(report.in_open > 0 && report.after_close > 0, "every place is cut: {report:?}");
    }
}

#[test]
fn normal_loses_the_last_and_breaks_nothing() {
    let script = Script { synchronous: "NORMAL", ..Script::default() };
    let report = run("WAL NORMAL", 1_000, &script, &Options::default());
    assert_eq!(report.broken, 0, "{report:?}");
    assert!(report.lost_acks * 100 >= report.cuts * 20, "the checker is blind to lost steps: {report:?}");
}

#[test]
fn without_syncs_the_checker_sees_it() {
    let script = Script { synchronous: "OFF", ..Script::default() };
    let report = run("WAL OFF", 3_000, &script, &Options::default());
    assert!(report.caught_percent() >= 30, "the checker is blind: {report:?}");
}

#[test]
fn a_lying_disk_is_seen() {
    let options = Options { lying: true, ..Options::default() };
    let report = run("WAL FULL, lying disk", 3_000, &Script::default(), &options);
    assert!(report.caught_percent() >= 30, "the checker is blind: {report:?}");
}

#[test]
fn a_life_can_be_lived_again() {
    let options = Options { lying: true, ..Options::default() };
    let report = run("lying", 60, &Script::default(), &options);
    let again = power::life(report.first_life.unwrap(), &Script::default(), &options);
    assert_eq!(again.first, report.first);
}

/// With a rollback journal FULL does not sync the deletion of the journal: an old one that comes back undoes
/// a commit. SQLite's manual says so; the disk shows it; EXTRA ends it.
#[test]
fn a_rollback_journal_wants_extra() {
    let script = |synchronous| Script { journal: "DELETE", synchronous, beside: false, steps: 12 };
    let extra = run("DELETE EXTRA", 1_500, &script("EXTRA"), &Options::default());
    assert_eq!((extra.lost_acks, extra.broken), (0, 0), "{extra:?}");
    let full = run("DELETE FULL", 1_500, &script("FULL"), &Options::default());
    assert_eq!(full.broken, 0, "{full:?}");
    assert!(full.lost_acks > 0, "unsynced deletions always survive: {full:?}");
}
