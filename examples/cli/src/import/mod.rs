//! Moving in: clients, running passes and balances out of the tables of an older system.
//!
//! Each row has a key: what its number column holds, else a digest of the row. By that key the engine knows it again, so a run
//! that was broken off is begun again from the start, and nothing doubles.

mod accounts;
mod clients;
mod columns;
mod duplicates;
mod holder;
mod passes;
mod read;
mod report;
mod totals;
mod values;

pub use clients::Duplicates;
pub use values::amount;

use crate::exit::{Failure, Outcome};
use crate::progress::Progress;
use crate::session::Session;
use crate::ui::Ui;
use carnet::domain::client::ExternalId;
use carnet::{Error, Reason};
use clap::Args;
use columns::{Columns, Field, Map};
use read::{Row, Sheet};
use report::{Reply, Report};
use serde::Serialize;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::path::{Path, PathBuf};
use values::DateOrder;

/// How many rows share a commit.
const GROUP: usize = 500;

/// What every import is told.
#[derive(Debug, Args)]
pub struct ImportArgs {
    /// The table: CSV in any usual encoding, or a workbook (XLSX, XLS, ODS)
    pub file: PathBuf,
    /// Which column holds what; guessed from the headings and kept in this file if it is not there [default: FILE.map.json]
    #[arg(long, value_name = "FILE")]
    pub map: Option<PathBuf>,
    /// The name of the older system: with the number of a row it is the key by which the row is known again
    #[arg(long, default_value = "import", value_name = "NAME")]
    pub system: String,
    /// The encoding of a text, such as windows-1251 [default: recognised]
    #[arg(long, value_name = "NAME")]
    pub encoding: Option<String>,
    /// The sheet of a workbook [default: the first]
    #[arg(long, value_name = "NAME")]
    pub sheet: Option<String>,
    /// How 03/04/2026 is read
    #[arg(long, value_enum, default_value_t)]
    pub dates: DateOrder,
    /// Check every row and write nothing
    #[arg(long)]
    pub dry_run: bool,
    /// Stop after this many rows
    #[arg(long, value_name = "ROWS")]
    pub limit: Option<usize>,
    /// Where rows that are refused are written with the reasons [default: FILE.refused.csv]
    #[arg(long, value_name = "FILE")]
    pub refused: Option<PathBuf>,
}

/// Imports clients.
pub fn clients(session: &Session, ui: &Ui, args: &ImportArgs, duplicates: Duplicates) -> Outcome {
    clients::import(session, ui, args, duplicates)
}

/// Imports running passes.
pub fn passes(session: &Session, ui: &Ui, args: &ImportArgs) -> Outcome {
    passes::import(session, ui, args)
}

/// Imports balances.
pub fn accounts(session: &Session, ui: &Ui, args: &ImportArgs) -> Outcome {
    accounts::import(session, ui, args)
}

/// A table that was opened, with what its columns hold.
struct Opened<'a> {
    args: &'a ImportArgs,
    sheet: Sheet,
    columns: Columns,
    stopped: bool,
}

impl<'a> Opened<'a> {
    fn new(ui: &Ui, args: &'a ImportArgs, fields: &[Field]) -> Outcome<Self> {
        let mut sheet = read::read(&args.file, args.encoding.as_deref(), args.sheet.as_deref())?;
        let path = args.map.clone().unwrap_or_else(|| beside(&args.file, "map.json"));
        let map = match Map::load(&path)? {
            Some(map) => map,
            None => {
                let map = Map::guess(&sheet.headings, fields);
                map.save(&path)?;
                ui.remark(&ui.texts.with("import-map-saved", &[("file", &path.display().to_string())]));
                map
            }
        };
        let columns = map.places(&sheet.headings, fields)?;
        if !fields.iter().any(|field| columns.has(*field)) {
            let what = ui.texts.with("import-no-columns", &[("file", &path.display().to_string())]);
            return Err(Error::field(Reason::UnknownValue, "map").with("what", what).into());
        }
        let unused: Vec<&str> = sheet
            .headings
            .iter()
            .filter(|heading| !heading.is_empty() && map.columns.get(*heading).copied().flatten().is_none())
            .map(String::as_str)
            .collect();
        if !unused.is_empty() {
            ui.remark(&ui.texts.with("import-unused", &[("headings", &unused.join(", "))]));
        }
        let limit = args.limit.unwrap_or(usize::MAX);
        let stopped = sheet.rows.len() > limit;
        sheet.rows.truncate(limit);
        Ok(Self { args, sheet, columns, stopped })
    }

    /// Whose columns a refused row has.
    const fn place(&self) -> (&Sheet, &Columns) {
        (&self.sheet, &self.columns)
    }

    fn get<'r>(&self, row: &'r Row, field: Field) -> Option<&'r str> {
        self.columns.get(&row.cells, field)
    }

    /// A date in a row.
    fn date(&self, row: &Row, field: Field) -> Result<Option<Value>, Bad> {
        let Some(text) = self.get(row, field) else { return Ok(None) };
        let date = values::date(text, self.args.dates).ok_or(Bad("bad_format", field.as_str()))?;
        Ok(Some(json!(date)))
    }

    /// The key of a row under a number, or under a digest of all its cells.
    fn key(&self, row: &Row, number: Option<&str>) -> ExternalId {
        let value = number.map_or_else(|| digest(&row.cells), str::to_owned);
        ExternalId { system: self.args.system.clone(), value }
    }

    fn refused_file(&self) -> PathBuf {
        self.args.refused.clone().unwrap_or_else(|| beside(&self.args.file, "refused.csv"))
    }

    /// Prints and keeps what came of it.
    fn finish<T: Serialize>(
        &self,
        ui: &Ui,
        report: &Report,
        whole: &T,
        more: impl FnOnce() -> String,
    ) -> Outcome {
        let refused = self.refused_file();
        report.keep(ui, &refused, &self.sheet.headings)?;
        ui.reply(whole, || {
            let mut parts = vec![report.show(ui, &refused), more()];
            if self.stopped {
                parts.push(ui.texts.with("import-stopped", &[("rows", &report.rows.to_string())]));
            }
            parts.retain(|part| !part.is_empty());
            parts.join("\n")
        })?;
        if report.refused_rows() > 0 { Err(Failure::Differences) } else { Ok(()) }
    }

    fn progress_of(&self, rows: usize) -> Progress {
        Progress::things(u64::try_from(rows).unwrap_or(0), "rows")
    }
}

/// What is wrong with a row before it is sent: the stable reason, and the field.
struct Bad(&'static str, &'static str);

/// A file beside another one.
fn beside(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".");
    name.push(suffix);
    name.into()
}

/// A row without a number is known by what is in it.
fn digest(cells: &[String]) -> String {
    let trimmed: Vec<&str> = cells.iter().map(|cell| cell.trim()).collect();
    let text = trimmed.join("\u{1f}");
    let digest = Sha256::digest(text.trim_end_matches('\u{1f}').as_bytes());
    let hex: String = digest.iter().take(16).map(|byte| format!("{byte:02x}")).collect();
    format!("row-{hex}")
}

/// A request as the engine reads it.
fn request(session: &Session, op: &str, args: &Value, dry_run: bool) -> Vec<u8> {
    let mut request = json!({ "op": op, "args": args });
    if let Some(members) = request.as_object_mut() {
        if let Some(at) = session.call.at {
            members.insert("at".to_owned(), json!(at));
        }
        if let Some(venue) = session.call.venue {
            members.insert("venue".to_owned(), json!(venue));
        }
        if dry_run {
            members.insert("dry_run".to_owned(), json!(true));
        }
    }
    request.to_string().into_bytes()
}

/// Carries out requests in one commit, each by itself.
fn carry_out(session: &Session, requests: &[Vec<u8>]) -> Outcome<Vec<Reply>> {
    let requests: Vec<&[u8]> = requests.iter().map(Vec::as_slice).collect();
    session.engine.execute_json_group(&requests).iter().map(|line| Reply::of(line)).collect()
}
