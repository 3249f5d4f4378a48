//! Power cuts under a running engine, which meets the dying disk. `replay` makes the many.

use crate::env;
use crate::workload::Club;
use carnet_fault::power::{self, Options, Report};

fn run(what: &str, n: u64, club: &Club, options: &Options) -> Report {
    let report = power::cuts_with(n, env("CARNET_FAULT_SEED", 0xCA54E7), club, options);
    println!("{what}: {} cuts/min, {report:?}", report.per_minute());
    assert_eq!((report.panics, report.cuts), (0, n), "{report:?}");
    report
}

#[test]
fn nothing_answered_is_lost() {
    let report = run("engine, FULL", 1_000, &Club::new(24), &Options::default());
    assert_eq!((report.lost_acks, report.broken), (0, 0), "{report:?}");
    assert!(report.in_open > 0 && report.after_close > 0, "every place is cut: {report:?}");
    assert!(report.acknowledged > report.cuts, "hardly a step was answered: {report:?}");
}

#[test]
fn without_syncs_the_check_sees_it() {
    let club = Club { synchronous_off: true, ..Club::new(24) };
    let report = run("engine, OFF", 300, &club, &Options::default());
    assert!(report.caught_percent() >= 30, "the check is blind: {report:?}");
}

#[test]
fn a_lying_disk_is_seen() {
    let options = Options { lying: true, ..Options::default() };
    let report = run("engine, FULL, lying disk", 300, &Club::new(24), &options);
    assert!(report.caught_percent() >= 30, "the check is blind: {report:?}");
}
