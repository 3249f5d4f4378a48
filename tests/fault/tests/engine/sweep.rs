//! Every operation of the disk fails in turn.

use crate::workload::Club;
use carnet_fault::io::{self, Options};

fn sweep(what: &str, club: &Club, options: &Options) {
    let report = io::sweep_with(club, options);
    let (runs, problems) = (report.runs, &report.problems);
    println!(
        "{what}: {} operations, {runs} runs, {} struck, {} errors, {} reopened, {} problems, {:?}",
        report.ops,
        report.struck,
        report.errors,
        report.reopened,
        problems.len(),
        report.elapsed
    );
    assert!(problems.is_empty(), "{:#?}", problems.iter().take(5).collect::<Vec<_>>());
    assert!(report.struck * 2 > runs && report.errors * 6 > runs, "the faults do not strike: {report:?}");
    assert_eq!(report.reopened, 0, "an engine goes on by itself once the disk is well");
}

#[test]
fn a_running_club() {
    sweep("a running club", &Club::new(12), &Options::default());
}

#[test]
fn a_running_club_that_is_looked_at() {
    sweep("with reads", &Club { reads: true, ..Club::new(12) }, &Options::default());
}

#[test]
fn a_club_beside_another_program() {
    sweep(
        "beside others",
        &Club { others: true, ..Club::new(12) },
        &Options {
            faults: vec![carnet_fault::Fault::ShortRead, carnet_fault::Fault::ReadErrOnce],
            ..Options::default()
        },
    );
}

#[test]
fn a_new_club() {
    sweep("a new club", &Club::new(2), &Options { fresh: true, ..Options::default() });
}

#[test]
fn a_fault_and_then_a_power_cut() {
    sweep("then cut", &Club::new(12), &Options { then_cut: true, stride: 3, ..Options::default() });
}
