//! `carnet demo`: a year of a club through the public operations, and what a manager wants to see of it.

mod feed;
mod reports;

use crate::exit::{Failure, Outcome};
use crate::journal;
use crate::place::{is_server, shown};
use crate::session::{Session, create, options, remove};
use crate::store;
use crate::ui::{Ui, count};
use carnet::Call;
use feed::Tally;
use reports::Reports;
use std::path::Path;
use std::time::{Duration, Instant};

/// The instant at which the demo looks into the club: the evening of the last day.
pub const NOW: &str = "2025-12-31T16:40:00Z";
/// Seed and node of the demo's store: its ids are the same every time.
const FIXED: (u64, i64) = (1, 1);

/// Plays the year into a new store and prints reports; fails if the books or the journal are not in order, or
/// if not everything came as the data says.
pub fn run(ui: &Ui, db: &Path, force: bool) -> Outcome {
    if force {
        remove(db)?;
    }
    let begun = Instant::now();
    let (seed, node) = FIXED;
    let engine = create(db, options(Some(seed), Some(node)))?;
    let tally = feed::play(&engine)?;
    let played = begun.elapsed();
    let session = Session { engine, call: Call::at(NOW.parse()?) };
    let reports = Reports::of(&session)?;
    let unexpected = feed::expected()?.compare(&tally, &reports);
    let (took, ok) = (begun.elapsed(), reports.ok() && unexpected.is_empty());
    session.engine.close()?;
    let speed = Speed::of(&tally, played, took);
    ui.reply(
        &serde_json::json!({ "ok": ok, "tally": tally, "unexpected": unexpected, "reports": reports, "speed": speed }),
        || [reports.text(ui), summary(&reports, &tally, &unexpected, &speed, ui), invitation(db, &reports)].join("\n"),
    )?;
    if ok { Ok(()) } else { Err(Failure::Differences) }
}

/// How long it took.
#[derive(serde::Serialize)]
struct Speed {
    operations: u64,
    operations_per_second: u64,
    milliseconds: u64,
    milliseconds_in_all: u64,
}

impl Speed {
    fn of(tally: &Tally, played: Duration, took: Duration) -> Self {
        let millis = |time: Duration| u64::try_from(time.as_millis()).unwrap_or(u64::MAX);
        let operations = tally.done();
        let per_second = operations.saturating_mul(1000).checked_div(millis(played)).unwrap_or(0);
        Self {
            operations,
            operations_per_second: per_second,
            milliseconds: millis(played),
            milliseconds_in_all: millis(took),
        }
    }
}

fn summary(reports: &Reports, tally: &Tally, unexpected: &[String], speed: &Speed, ui: &Ui) -> String {
    let mut lines = vec![String::new(), store::report(ui, &reports.check), journal::report(&reports.journal)];
    match unexpected {
        [] => lines.push(format!(
            "as foreseen: {} entries admitted, {} refused, {} requests answered with an error",
            count(tally.admitted),
            count(tally.refused),
            count(tally.failed())
        )),
        differences => lines.extend(differences.iter().map(|line| format!("NOT as foreseen: {line}"))),
    }
    lines.push(format!(
        "{} operations in {} s, {} a second; with reports and checks {} s",
        count(speed.operations),
        seconds(speed.milliseconds),
        count(speed.operations_per_second),
        seconds(speed.milliseconds_in_all)
    ));
    lines.join("\n")
}

/// Milliseconds as seconds with one digit after the point.
fn seconds(milliseconds: u64) -> String {
    let tenths = milliseconds.saturating_add(50).checked_div(100).unwrap_or(0);
    let (whole, tenth) = (tenths.checked_div(10).unwrap_or(0), tenths.checked_rem(10).unwrap_or(0));
    format!("{whole}.{tenth}")
}

/// Commands to try on the store that was made.
fn invitation(db: &Path, reports: &Reports) -> String {
    let program = std::env::args().next().unwrap_or_else(|| "carnet".to_owned());
    let place = if is_server(db) { format!("'{}'", shown(db)) } else { shown(db) };
    let carnet = format!("{program} --db {place}");
    let (name, id) = reports.guest.as_ref().map_or(("Popescu", 0), |one| (one.name.as_str(), one.client.0));
    [
        String::from("\nTo try:"),
        format!("  {carnet} --at {NOW} overview '{name}'"),
        format!("  {carnet} --at {NOW} overview club:C-0042"),
        format!("  {carnet} --at {NOW} who-is-in"),
        format!(
            "  echo '{{\"op\":\"access.decide\",\"args\":{{\"client\":{id}}},\"at\":\"{NOW}\"}}' | {carnet} exec -"
        ),
        format!("  {carnet} journal export | tail -n 1"),
    ]
    .join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seconds_are_rounded_to_tenths() {
        for (milliseconds, text) in [(0, "0.0"), (49, "0.0"), (50, "0.1"), (12_345, "12.3"), (59_950, "60.0")]
        {
            assert_eq!(seconds(milliseconds), text);
        }
    }
}
