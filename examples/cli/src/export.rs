//! Clients out of the store: as a table that a spreadsheet opens and `clients import` reads, or as JSON, one a line.

use crate::exit::{Failure, Outcome};
use crate::session::Session;
use crate::ui::Ui;
use carnet::Reason;
use carnet::domain::ClientId;
use carnet::domain::catalogue::ClientSort;
use carnet::domain::client::Client;
use carnet::ops::catalogue::ClientList;
use carnet::ops::client::ClientGet;
use clap::{Args, ValueEnum};
use std::collections::BTreeSet;
use std::fs::File;
use std::io::Write;
use std::path::PathBuf;

/// How clients are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum Format {
    /// A table, UTF-8 with a mark that spreadsheets know it by
    #[default]
    Csv,
    /// All fields as JSON, one client a line
    Json,
}

/// What the export is told.
#[derive(Debug, Args)]
pub struct Export {
    /// As what
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
    /// Into this file [default: standard output]
    #[arg(long, value_name = "FILE")]
    pub to: Option<PathBuf>,
    /// Archived clients too
    #[arg(long)]
    pub archived: bool,
}

/// The headings of the table: names of fields, which the import knows.
const HEADINGS: [&str; 9] =
    ["number", "first_name", "last_name", "phone", "email", "sex", "birth_date", "notes", "kind"];

/// Writes all clients.
pub fn export(session: &Session, ui: &Ui, what: &Export) -> Outcome {
    let mut clients = Vec::new();
    for id in ids(session)? {
        match session.engine.client_get(&session.call, ClientGet { client: id }) {
            Err(error) if error.reason() == Reason::ClientNotFound => {}
            got => clients.push(got?.client),
        }
    }
    clients.retain(|client| what.archived || !client.archived);
    let as_json = ui.json || what.format == Format::Json;
    let bytes = if as_json { json_lines(&clients)? } else { table(&clients)? };
    match &what.to {
        Some(path) => {
            let write = |path: &PathBuf| File::create(path).and_then(|mut file| file.write_all(&bytes));
            write(path).map_err(|error| Failure::file(path, &error))
        }
        None => {
            let mut out = std::io::stdout().lock();
            out.write_all(&bytes).and_then(|()| out.flush()).map_err(|error| Failure::output(&error))
        }
    }
}

/// The ids of all clients. Whoever is added meanwhile moves nobody to another page.
fn ids(session: &Session) -> Outcome<BTreeSet<ClientId>> {
    let mut ids = BTreeSet::new();
    let mut after = None;
    loop {
        let request =
            ClientList { sort: Some(ClientSort::Added), after, limit: Some(1000), ..ClientList::default() };
        let page = session.engine.client_list(&session.call, request)?;
        ids.extend(page.clients.iter().map(|client| client.client));
        after = page.next;
        if after.is_none() {
            return Ok(ids);
        }
    }
}

fn json_lines(clients: &[Client]) -> Outcome<Vec<u8>> {
    let mut bytes = Vec::new();
    for client in clients {
        serde_json::to_writer(&mut bytes, client).map_err(|_| carnet::Error::new(Reason::Internal))?;
        bytes.push(b'\n');
    }
    Ok(bytes)
}

fn table(clients: &[Client]) -> Outcome<Vec<u8>> {
    let failed = |error: csv::Error| Failure::output(&std::io::Error::other(error));
    let mut writer = csv::Writer::from_writer(b"\xef\xbb\xbf".to_vec());
    writer.write_record(HEADINGS).map_err(failed)?;
    for client in clients {
        let number = client.external_ids.first().map(|id| id.value.clone());
        let row = [
            Some(number.unwrap_or_else(|| client.client.to_string())),
            client.first_name.clone(),
            client.last_name.clone(),
            client.phone.as_ref().map(|phone| phone.as_str().to_owned()),
            client.email.as_ref().map(|email| email.as_str().to_owned()),
            client.sex.map(|sex| sex.to_string()),
            client.birth_date.map(|date| date.to_string()),
            client.notes.clone(),
            Some(client.kind.to_string()),
        ];
        writer.write_record(row.map(Option::unwrap_or_default)).map_err(failed)?;
    }
    writer.into_inner().map_err(|error| Failure::output(&std::io::Error::other(error.to_string())))
}
