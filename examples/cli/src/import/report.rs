//! What came of moving in: counts, rows that were refused and why.

use super::columns::Columns;
use super::read::{Row, Sheet};
use crate::exit::{Failure, Outcome};
use crate::ui::{Ui, count, number};
use comfy_table::Cell;
use serde::Serialize;
use serde_json::Value;
use std::path::Path;

/// How many refused rows the screen shows; the file beside has all.
const SHOWN: usize = 20;

/// A row that was not taken, or part of one.
#[derive(Debug, Serialize)]
pub struct Refused {
    /// Its number in the file.
    pub row: usize,
    /// The heading of the column, or the field.
    pub column: String,
    /// The stable reason.
    pub reason: String,
    /// The same for people.
    pub text: String,
    #[serde(skip)]
    cells: Vec<String>,
}

/// What came of it.
#[derive(Debug, Default, Serialize)]
pub struct Report {
    /// Rows read.
    pub rows: usize,
    /// Added, or taken over.
    pub added: usize,
    /// Changed.
    pub updated: usize,
    /// There already.
    pub known: usize,
    /// Left out, because somebody is there who is the same.
    pub duplicates: usize,
    /// Nothing to take over.
    pub nothing: usize,
    /// Rows refused, whole or in part.
    pub refused: Vec<Refused>,
    /// Nothing was written.
    pub dry_run: bool,
}

/// A reply of the engine.
pub enum Reply {
    /// Done.
    Done(Value),
    /// Not done: reason and field.
    Refused(String, String),
}

impl Reply {
    /// Reads a line of reply.
    pub fn of(line: &str) -> Outcome<Self> {
        let bad = || carnet::Error::new(carnet::Reason::Internal).with("what", "reply");
        let mut reply: Value = serde_json::from_str(line).map_err(|_| bad())?;
        let Some(error) = reply.get("error") else {
            return Ok(Self::Done(reply.get_mut("reply").map(Value::take).unwrap_or_default()));
        };
        let text = |name: &str| error.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
        match text("code").as_str() {
            // Nothing is wrong with the row.
            "storage" | "misuse" | "internal" => Err(Failure::Engine(
                carnet::Reason::from_text(&text("reason")).unwrap_or(carnet::Reason::Internal).into(),
            )),
            _ => Ok(Self::Refused(text("reason"), text("field"))),
        }
    }

    /// The id of this name in a reply.
    pub fn id(reply: &Value, name: &str) -> Option<i64> {
        reply.get(name).and_then(Value::as_i64)
    }
}

impl Report {
    /// Notes a row that was refused for a stable reason.
    pub fn refuse(
        &mut self,
        ui: &Ui,
        (sheet, columns): (&Sheet, &Columns),
        row: &Row,
        reason: &str,
        field: &str,
    ) {
        let text = carnet::Reason::from_text(reason)
            .map_or_else(|| reason.to_owned(), |known| ui.texts.reason(known));
        self.note((sheet, columns), row, reason, field, text);
    }

    /// Notes a row with a text of its own.
    pub fn note(
        &mut self,
        (sheet, columns): (&Sheet, &Columns),
        row: &Row,
        reason: &str,
        field: &str,
        text: String,
    ) {
        // `set.phone`, `payments.0.amount`: the column is named by the field.
        let of = |part: &str| columns.heading(&sheet.headings, part).map(str::to_owned);
        let column = field.split('.').find_map(of).unwrap_or_else(|| field.to_owned());
        let (row, cells) = (row.number, row.cells.clone());
        self.refused.push(Refused { row, column, reason: reason.to_owned(), text, cells });
    }

    /// Writes the refused rows as a table that can be put right and read again; removes one of an earlier run if there are none.
    pub fn keep(&self, ui: &Ui, path: &Path, headings: &[String]) -> Outcome {
        if self.refused.is_empty() {
            return match std::fs::remove_file(path) {
                Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                    Err(Failure::file(path, &error))
                }
                _ => Ok(()),
            };
        }
        let mut text = csv::Writer::from_writer(b"\xef\xbb\xbf".to_vec());
        let own = ["import-row", "import-field", "import-reason"].map(|id| format!("#{}", ui.texts.say(id)));
        let failed = |error: csv::Error| Failure::file(path, &std::io::Error::other(error));
        text.write_record(own.iter().chain(headings)).map_err(failed)?;
        for refused in &self.refused {
            let own = [refused.row.to_string(), refused.column.clone(), refused.text.clone()];
            let cells = (0..headings.len()).map(|place| refused.cells.get(place).map_or("", String::as_str));
            text.write_record(own.iter().map(String::as_str).chain(cells)).map_err(failed)?;
        }
        let bytes = text
            .into_inner()
            .map_err(|error| Failure::file(path, &std::io::Error::other(error.to_string())))?;
        std::fs::write(path, bytes).map_err(|error| Failure::file(path, &error))
    }

    /// Counts and refused rows, as people read them.
    pub fn show(&self, ui: &Ui, refused: &Path) -> String {
        let mut table = ui.table(&[&ui.texts.say("import-rows"), &count(self.rows)]);
        let counts = [
            ("import-added", self.added),
            ("import-updated", self.updated),
            ("import-known", self.known),
            ("import-duplicates", self.duplicates),
            ("import-nothing", self.nothing),
            ("import-refused", self.refused_rows()),
        ];
        for (id, how_many) in counts {
            if how_many > 0 || id == "import-added" || id == "import-refused" {
                table.add_row([Cell::new(ui.texts.say(id)), number(count(how_many))]);
            }
        }
        let mut parts = vec![table.to_string()];
        if !self.refused.is_empty() {
            let headings = ["import-row", "import-field", "import-reason"].map(|id| ui.texts.say(id));
            let mut table = ui.table_that_breaks(&headings.each_ref().map(String::as_str), 2);
            for one in self.refused.iter().take(SHOWN) {
                table.add_row([number(one.row), Cell::new(&one.column), Cell::new(&one.text)]);
            }
            parts.push(table.to_string());
            let more = self.refused.len().saturating_sub(SHOWN);
            if more > 0 {
                parts.push(ui.texts.with("import-more", &[("count", &count(more))]));
            }
            parts.push(ui.texts.with("import-refused-kept", &[("file", &refused.display().to_string())]));
        }
        if self.dry_run {
            parts.push(ui.texts.say("import-dry-run"));
        }
        parts.join("\n")
    }

    /// Rows with something that was refused; those left out as duplicates are told apart.
    pub fn refused_rows(&self) -> usize {
        self.refused.iter().filter(|one| one.reason != DUPLICATE).count()
    }
}

/// The reason of a row that is left out, because somebody is there who is the same.
pub const DUPLICATE: &str = "duplicate";
