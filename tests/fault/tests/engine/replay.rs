//! Power cuts of what was recorded: many of every operation.

use crate::env;
use crate::script::Recorded;
use carnet_fault::Disk;
use carnet_fault::replay::{self, Options, Report};

/// Cuts of the ordinary run.
const CUTS: u64 = 30_000;

fn script(name: &str) -> Recorded {
    Recorded::new(&Disk::register(name).unwrap())
}

fn run(what: &str, n: u64, script: &Recorded, options: &Options) -> Report {
    let report = replay::cuts(n, env("CARNET_FAULT_SEED", 0xCA54E7), script, options);
    println!(
        "\nfault: {what}: {} cuts, {} lost, {} broken, {} % caught, {} cuts/min, {:.1} s",
        report.cuts,
        report.lost_acks,
        report.broken,
        report.caught_percent(),
        report.per_minute(),
        report.elapsed.as_secs_f64()
    );
    println!("{report:?}");
    assert_eq!(report.cuts, n, "{report:?}");
    report
}

#[test]
fn nothing_answered_is_lost() {
    let tape = std::env::var_os("CARNET_FAULT_TAPE").map(|_| env("CARNET_FAULT_TAPE", 0));
    let options = Options { threads: env("CARNET_FAULT_THREADS", 1), tape, ..Options::default() };
    let script = script("recorded");
    let report = run("recorded, FULL", env("CARNET_FAULT_CUTS", CUTS), &script, &options);
    assert_eq!((report.lost_acks, report.broken), (0, 0), "{report:?}");
    let (fresh, upgraded) = (script.fresh.into_inner(), script.upgraded.into_inner());
    println!(
        "fault: {} recordings, {fresh} of new stores, {upgraded} of upgrades; {} states, {} shared commits, {} answers",
        report.tapes, report.states, report.shared, report.answers
    );
    if options.tape.is_some() {
        return;
    }
    assert!(report.cuts < CUTS || fresh > 0 && upgraded > 0, "{fresh} new stores, {upgraded} upgrades");
    assert!(report.shared * 2 > report.tapes, "hardly a commit was shared: {report:?}");
    assert!(report.answers > report.tapes * 12, "hardly a step was answered: {report:?}");
    assert!(report.newer * 20 > report.cuts, "what was not synced never stays: {report:?}");
    assert!(report.gone_on * 60 > report.cuts, "the engine hardly went on: {report:?}");
}

/// A part of the main test's cuts for each control.
fn control(what: &str, script: &Recorded, options: &Options) {
    let report = run(what, env("CARNET_FAULT_CUTS", CUTS) / 30, script, options);
    assert!(report.caught_percent() >= 30, "the check is blind: {report:?}");
}

#[test]
fn without_syncs_the_check_sees_it() {
    let mut script = script("recorded-off");
    script.synchronous_off = true;
    control("recorded, OFF", &script, &Options { generations: 1, variants: 1, ..Options::default() });
}

#[test]
fn a_lying_disk_is_seen() {
    let options = Options { lying: true, generations: 1, variants: 1, ..Options::default() };
    control("recorded, lying disk", &script("recorded-lying"), &options);
}
