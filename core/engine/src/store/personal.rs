//! Where text about a person lies: what an erasure must empty. A column that is new must be put into one of the two lists.

use super::migrations::MIGRATIONS;
use super::sqlite::{Role, SqliteConnection};
use super::value::Connection;
use crate::options::Options;
use std::collections::BTreeSet;

/// Text about a client, or that somebody wrote freely and may have put a name into. The journal has all of it once more, in
/// the payloads of the entries.
const PERSONAL: &[&str] = &[
    "adjustment: reason",
    "card: uid block_note",
    "client: first_name last_name phone email email_key sex birth_date notes",
    "client_tag: tag",
    "client_word: word",
    // The desk.
    "client_name: name_key",
    "visit_parameter: name value",
    // Made by the host, of whatever it likes.
    "document: system station shift number",
    "conflict: note",
    "external_id: value",
    "gate: sex",
    "hold: reason",
    // Made by the host, of whatever it likes.
    "idempotency: key",
    "journal_payload: payload",
    // Of staff.
    "operator: name",
    "opening: value",
    "pass: notes",
    // What a pass was before and after has its notes.
    "pass_event: reason before after",
    "pass_freeze: reason",
    // The profile.
    "client: language source addresses phones emails notifications",
    "client_contact: key",
    // A word that nobody has any more leads nowhere, but stays: an erasure deletes those too.
    "search_contact: key",
    "search_name: word other",
    "search_word: key word",
    "client_comment: text",
    "client_consent: source",
    // Their bytes too.
    "client_photo: sha256 reference",
    "client_file: name sha256",
    "client_chart: value",
    "household: name",
    "message: language parameters failure",
    "activation: digest",
];

/// Words of the program, names of the price list, dates, rules, numbers as text.
const NOT_PERSONAL: &[&str] = &[
    "account: unit",
    "attempt: reason",
    "booking: state",
    "card: kind state block_reason",
    "category: name",
    "client: kind",
    "client_spent: currency",
    "conflict: reason",
    "counter: kind",
    "day: date",
    "external_id: kind system",
    "gate: passes",
    "hold: state more_up_to",
    "idempotency: kind",
    "journal: op",
    "lot: origin",
    "pass: kind name validity status currency services categories venues usage life frozen anchor dunning",
    "pass_event: act",
    "pass_freeze: from_date until_date ended",
    // A digest of numbers, dates and ids.
    "opening: kind system content unit currency",
    "plan: name kind start currency colour channels services categories venues usage life",
    "service: name currency sex",
    "transfer: business_date unit debit_counter credit_counter reason lots",
    "venue: name time_zone currency country anti_passback",
    "venue_clock: open_date last_closed_date",
    // The profile.
    "client_contact: kind",
    "client_edit: fields",
    "client_consent: kind text_version channel",
    "client_photo: media_type",
    "client_file: media_type",
    // The desk.
    "visit_parameter: kind",
    "document: business_date op groups",
    "field: name kind options",
    "message: channel template state",
    "operator: rights",
    "token_attempt: reason",
    "venue: mandatory language switched_off",
];

const COLUMNS: &str = "SELECT tables.name, columns.name FROM sqlite_schema AS tables
    JOIN pragma_table_info(tables.name) AS columns WHERE tables.type = 'table' AND columns.type = 'TEXT'";

fn listed(lists: &[&[&str]]) -> Vec<(String, String)> {
    let of_table = |line: &str| {
        let (table, columns) = line.split_once(": ").expect("a table and its columns");
        columns.split(' ').map(|column| (table.to_owned(), column.to_owned())).collect::<Vec<_>>()
    };
    lists.iter().flat_map(|list| list.iter()).flat_map(|line| of_table(line)).collect()
}

#[test]
fn of_every_text_it_is_known_whether_it_is_about_a_person() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("personal.db");
    let mut connection =
        SqliteConnection::open(&path, Role::Writer, &Options::default(), true).expect("opens");
    connection.migrate(&path, &Options::default(), MIGRATIONS).expect("makes the tables");
    let rows = connection.table(COLUMNS).expect("has columns");
    let name = |mut row: super::value::Row| (row.text().expect("a table"), row.text().expect("a column"));
    let found: BTreeSet<_> = rows.into_iter().map(name).collect();
    let all = listed(&[PERSONAL, NOT_PERSONAL]);
    let known: BTreeSet<_> = all.iter().cloned().collect();
    assert_eq!(known.len(), all.len(), "a column is in both lists");
    let unknown: Vec<_> = found.symmetric_difference(&known).collect();
    assert!(
        unknown.is_empty(),
        "in one of the lists and not in the store, or the other way round: {unknown:?}"
    );
}
