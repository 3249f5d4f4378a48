//! The store as a whole: make, check, back up, restore.

use crate::exit::{Failure, Outcome};
use crate::place::{is_server, shown};
use crate::session::{Session, create, open, options, patient};
use crate::ui::{Ui, count, number};
use carnet::ops::check::{StoreCheck, StoreChecked};
use carnet::{Engine, Error, Options, Reason};
use comfy_table::Cell;
use std::path::Path;

/// Makes an empty store.
pub fn init(ui: &Ui, db: &Path, node: Option<i64>, seed: Option<u64>) -> Outcome {
    create(db, options(seed, node))?.close()?;
    ui.reply(&serde_json::json!({ "db": shown(db) }), || format!("made {}", shown(db)))
}

/// Copies the running store to a new file.
pub fn backup(ui: &Ui, db: &Path, to: &Path) -> Outcome {
    if is_server(to) {
        let what = "a backup is a file; `restore` makes a store on a server from one";
        return Err(Error::field(Reason::Unsupported, "to").with("what", what).into());
    }
    let engine = open(db, patient(db, Options::default()))?;
    engine.backup(to)?;
    engine.close()?;
    ui.reply(&serde_json::json!({ "backup": to }), || format!("copied {} to {}", shown(db), to.display()))
}

/// Makes the store from a backup.
pub fn restore(ui: &Ui, from: &Path, db: &Path) -> Outcome {
    Engine::restore(from, db)?;
    ui.reply(&serde_json::json!({ "db": shown(db) }), || format!("made {} from {}", shown(db), shown(from)))
}

/// Checks the store; fails if anything differs.
pub fn check(session: &Session, ui: &Ui) -> Outcome {
    let checked = session.engine.store_check(&session.call, StoreCheck {})?;
    ui.reply(&checked, || report(ui, &checked))?;
    if checked.ok && checked.balanced { Ok(()) } else { Err(Failure::Differences) }
}

/// What the check found, in one line and, if there is anything, a table.
pub fn report(ui: &Ui, checked: &StoreChecked) -> String {
    let books = if checked.balanced { "balanced" } else { "NOT balanced" };
    let line =
        format!("books: {books}, {} differences in {} rows", count(checked.count), count(checked.rows));
    if checked.differences.is_empty() {
        return line;
    }
    let mut table = ui.table(&["what", "id", "expected", "found"]);
    for d in &checked.differences {
        table.add_row([Cell::new(&d.what), number(d.id), Cell::new(&d.expected), Cell::new(&d.found)]);
    }
    format!("{table}\n{line}")
}
