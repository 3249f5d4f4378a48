//! `carnet check --deep`: the journal replayed into a store beside must give the same rows, every one.

use crate::exit::{Failure, Outcome};
use crate::place::is_server;
use crate::session::{Session, create, remove};
use crate::store;
use crate::ui::{Ui, count, number};
use carnet::ops::check::{StoreCheck, StoreChecked};
use carnet::ops::journal::JournalExport;
use carnet::{Call, Engine, Options};
use comfy_table::Cell;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// How many entries are replayed in one commit.
const PAGE: i32 = 1000;

/// What came of both checks.
#[derive(Serialize)]
struct Deep {
    check: StoreChecked,
    /// Rows that only the store or only its journal has, by table.
    replay: BTreeMap<String, u64>,
}

/// Stores made for the check, beside a file or in the folder for temporary files; they go away with this value.
struct Beside {
    copy: PathBuf,
    replayed: PathBuf,
}

impl Beside {
    /// Names that nothing has yet.
    fn new(db: &Path) -> Outcome<Self> {
        let beside = if is_server(db) { std::env::temp_dir().join("carnet-check") } else { db.to_owned() };
        let named = |suffix: &str| {
            let mut name = beside.as_os_str().to_owned();
            name.push(format!(".{suffix}-{}", std::process::id()));
            PathBuf::from(name)
        };
        let beside = Self { copy: named("copy"), replayed: named("replayed") };
        beside.clear()?;
        Ok(beside)
    }

    fn clear(&self) -> Outcome {
        remove(&self.copy)?;
        remove(&self.replayed)
    }
}

impl Drop for Beside {
    fn drop(&mut self) {
        // What cannot be removed lies visibly beside the store.
        drop(self.clear());
    }
}

/// Compares the store with what its journal makes, while writers go on.
pub fn check(session: &Session, db: &Path, ui: &Ui) -> Outcome {
    let beside = Beside::new(db)?;
    let replayed = create(&beside.replayed, Options::default())?;
    let deep = if is_server(db) {
        of_server(&session.engine, &session.call, &replayed)?
    } else {
        of_file(&session.engine, &beside, &replayed)?
    };
    replayed.close()?;
    ui.reply(&deep, || report(ui, &deep))?;
    let same = deep.check.ok && deep.check.balanced && deep.replay.is_empty();
    if same { Ok(()) } else { Err(Failure::Differences) }
}

/// A copy of the file stands still.
fn of_file(engine: &Engine, beside: &Beside, replayed: &Engine) -> Outcome<Deep> {
    engine.backup(&beside.copy)?;
    let copy = Engine::open(&beside.copy, Options::default())?;
    let check = copy.store_check(&Call::default(), StoreCheck {})?;
    replay(&copy, replayed, i64::MAX)?;
    let replay = differences(&copy.dump()?, &replayed.dump()?);
    copy.close()?;
    Ok(Deep { check, replay })
}

/// The dump of a server is one state of it; the journal makes the same one up to the entry that the dump ends with.
fn of_server(engine: &Engine, call: &Call, replayed: &Engine) -> Outcome<Deep> {
    let check = engine.store_check(call, StoreCheck {})?;
    let dump = engine.dump()?;
    replay(engine, replayed, last_position(&dump))?;
    let replay = differences(&dump, &replayed.dump()?);
    Ok(Deep { check, replay })
}
/// Position of the last entry in a dump.
fn last_position(dump: &str) -> i64 {
    let positions =
        dump.lines().filter_map(|row| row.strip_prefix("journal ")?.split(' ').next()?.parse().ok());
    positions.max().unwrap_or(0)
}

/// Replays the journal of one store into another, up to a position.
fn replay(from: &Engine, to: &Engine, last: i64) -> Outcome {
    let mut after = 0;
    loop {
        let mut page = from.journal_export(&Call::default(), JournalExport { after, limit: Some(PAGE) })?;
        page.entries.retain(|entry| entry.position <= last);
        to.replay(&page.entries)?;
        if !page.more || page.entries.is_empty() || page.last >= last {
            return Ok(());
        }
        after = page.last;
    }
}

/// How many rows only one of two dumps has, by table.
fn differences(one: &str, other: &str) -> BTreeMap<String, u64> {
    let rows = |dump| str::lines(dump).collect::<BTreeSet<&str>>();
    let mut tables = BTreeMap::new();
    for row in rows(one).symmetric_difference(&rows(other)) {
        let table = row.split(' ').next().unwrap_or_default();
        let rows: &mut u64 = tables.entry(table.to_owned()).or_default();
        *rows = rows.saturating_add(1);
    }
    tables
}

fn report(ui: &Ui, deep: &Deep) -> String {
    let books = store::report(ui, &deep.check);
    if deep.replay.is_empty() {
        return format!("{books}\nreplay: the journal gives the same store, row by row");
    }
    let mut table = ui.table(&["table", "rows that differ"]);
    for (name, rows) in &deep.replay {
        table.add_row([Cell::new(name), number(count(rows))]);
    }
    format!("{books}\n{table}\nreplay: the journal gives ANOTHER store")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dump_says_how_far_its_journal_goes() {
        assert_eq!(last_position("journal_payload 9 x00\njournal 1 \"a\"\njournal 2 \"b\"\n"), 2);
        assert_eq!(last_position("venue 1\n"), 0);
    }

    #[test]
    fn rows_of_only_one_side_are_counted_by_table() {
        let found = differences("pass 1 -\npass 2 -\nvisit 1\nlot 7\n", "pass 1 -\npass 2 x\nvisit 1\n");
        let expected = [("lot".to_owned(), 1), ("pass".to_owned(), 2)];
        assert_eq!(found, BTreeMap::from(expected));
        assert!(differences("pass 1\n", "pass 1\n").is_empty());
    }
}
