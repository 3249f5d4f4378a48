//! What a support desk wants to see: a report without personal data, how long it took, and what the machine is.

use crate::args::Cli;
use crate::exit::{Failure, Outcome};
use crate::place::is_server;
use crate::session::Session;
use crate::ui::Ui;
use carnet::Call;
use carnet::ops::check::StoreCheck;
use carnet::ops::journal::JournalVerify;
use carnet::ops::support::SupportReport;
use carnet::ops::venue::VenueList;
use serde_json::{Value, json};
use std::path::Path;
use std::time::Instant;

/// Writes the bundle into a file, or to standard output.
pub fn bundle(cli: &Cli, db: &Path, to: Option<&Path>, ui: &Ui) -> Outcome {
    let opening = Instant::now();
    let session = Session::open(cli, db)?;
    let opened = milliseconds(opening);
    let (engine, call) = (&session.engine, &session.call);
    let mut timings = vec![("open", opened)];
    let reported = timed(&mut timings, "support.report", || engine.support_report(call, SupportReport {}))?;
    timed(&mut timings, "store.check", || engine.store_check(call, StoreCheck {}))?;
    timed(&mut timings, "journal.verify", || engine.journal_verify(call, JournalVerify {}))?;
    timed(&mut timings, "venue.list", || engine.venue_list(&Call::default(), VenueList {}))?;
    let bundle = json!({
        "carnet": env!("CARGO_PKG_VERSION"),
        "store": store(db),
        "machine": machine(),
        "milliseconds": timings.into_iter().map(|(name, took)| (name.to_owned(), took)).collect::<serde_json::Map<_, _>>(),
        "report": reported,
    });
    let text = serde_json::to_string_pretty(&bundle).map_err(|error| Failure::output(&error.into()))?;
    match to {
        Some(to) => {
            std::fs::write(to, text + "\n").map_err(|error| Failure::file(to, &error))?;
            ui.reply(&json!({ "file": to }), || format!("wrote {}", to.display()))
        }
        None => ui.reply(&bundle, || text),
    }
}

fn milliseconds(since: Instant) -> Value {
    json!(u64::try_from(since.elapsed().as_millis()).unwrap_or(u64::MAX))
}

/// Does something and notes how long it took.
fn timed<T>(
    timings: &mut Vec<(&'static str, Value)>,
    name: &'static str,
    work: impl FnOnce() -> carnet::Result<T>,
) -> carnet::Result<T> {
    let began = Instant::now();
    let done = work()?;
    timings.push((name, milliseconds(began)));
    Ok(done)
}

/// Where the store lies: of what kind, and how large. A path or URL may have a name in it.
fn store(db: &Path) -> Value {
    if is_server(db) {
        return json!({ "kind": "postgresql" });
    }
    let size = |suffix: &str| {
        let mut name = db.as_os_str().to_owned();
        name.push(suffix);
        std::fs::metadata(name).map(|found| found.len()).unwrap_or(0)
    };
    json!({ "kind": "sqlite", "bytes": size(""), "wal_bytes": size("-wal") })
}

/// What the machine is, without its name and its users'.
fn machine() -> Value {
    let processors = std::thread::available_parallelism().map(usize::from).unwrap_or(0);
    json!({ "system": std::env::consts::OS, "architecture": std::env::consts::ARCH, "processors": processors })
}
