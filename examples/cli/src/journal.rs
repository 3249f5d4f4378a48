//! The journal: verify, export, replay.

use crate::exit::{Failure, Outcome};
use crate::place::is_server;
use crate::progress::Progress;
use crate::requests::Source;
use crate::session::{Session, create, options, patient, remove};
use crate::ui::{Ui, count};
use carnet::ops::journal::{JournalEntry, JournalExport, JournalVerified, JournalVerify};
use carnet::{Call, Engine, Error, Reason};
use std::io::{BufWriter, Write};
use std::path::Path;

/// How many entries are asked for at a time.
const PAGE: i32 = 1000;
/// How many entries are applied in one commit.
const REPLAYED: usize = 1000;

/// Verifies the chain; fails if it is broken.
pub fn verify(session: &Session, ui: &Ui) -> Outcome {
    let verified = session.engine.journal_verify(&session.call, JournalVerify {})?;
    ui.reply(&verified, || report(&verified))?;
    if verified.ok { Ok(()) } else { Err(Failure::Differences) }
}

/// What the verification found, in one line.
pub fn report(verified: &JournalVerified) -> String {
    let entries = count(verified.entries);
    match verified.broken_at {
        Some(position) => format!("journal: BROKEN at entry {position} of {entries}"),
        None if verified.ok => format!("journal: ok, {entries} entries, head {}", verified.head),
        None => format!("journal: BROKEN, {entries} entries"),
    }
}

/// Writes every entry as a line of JSON.
pub fn export(session: &Session, _ui: &Ui) -> Outcome {
    let mut out = BufWriter::new(std::io::stdout().lock());
    let mut after = 0;
    loop {
        let page =
            session.engine.journal_export(&session.call, JournalExport { after, limit: Some(PAGE) })?;
        for entry in &page.entries {
            serde_json::to_writer(&mut out, entry).map_err(|e| Failure::output(&e.into()))?;
            out.write_all(b"\n").map_err(|e| Failure::output(&e))?;
        }
        if !page.more || page.entries.is_empty() {
            return out.flush().map_err(|e| Failure::output(&e));
        }
        after = page.last;
    }
}

/// Makes a new store from exported entries; no file is left if they cannot all be applied. On a server, what was
/// applied stays, to be dropped by whoever owns the schema.
pub fn replay(ui: &Ui, db: &Path, file: &Path, node: Option<i64>, seed: Option<u64>) -> Outcome {
    let source = Source::open(file)?;
    let engine = create(db, patient(db, options(seed, node)))?;
    match apply(&engine, file, source) {
        Ok(verified) => {
            engine.close()?;
            ui.reply(&verified, || report(&verified))
        }
        Err(failure) => {
            // The store goes away, so what closing it says does not matter.
            drop(engine.close());
            if !is_server(db) {
                remove(db)?;
            }
            Err(failure)
        }
    }
}

/// Applies entries page by page, and verifies the journal they made.
fn apply(engine: &Engine, file: &Path, source: Source) -> Outcome<JournalVerified> {
    let progress = Progress::bytes(source.bytes);
    let mut page = Vec::new();
    for (index, line) in source.lines().enumerate() {
        let line = line.map_err(|e| Failure::file(file, &e))?;
        page.push(entry(&line, index)?);
        if page.len() == REPLAYED {
            engine.replay(&page)?;
            page.clear();
        }
        progress.advance(line.len().saturating_add(1));
    }
    engine.replay(&page)?;
    Ok(engine.journal_verify(&Call::default(), JournalVerify {})?)
}

/// One exported entry.
fn entry(line: &[u8], index: usize) -> Outcome<JournalEntry> {
    serde_json::from_slice(line).map_err(|e| {
        let reason = if e.is_data() { Reason::WrongType } else { Reason::BadJson };
        Error::new(reason).with("line", index.saturating_add(1)).into()
    })
}
