//! Old stores are filled, nothing is scanned, and a search takes no more steps among many clients than among few.

use super::*;
use crate::ops::search::ClientSearch;
use crate::options::Options;
use crate::store::migrations::MIGRATIONS;
use crate::store::sqlite::{Role, SqliteConnection};
use crate::{Call, Engine};
use rusqlite::StatementStatus;
use std::path::Path;

fn store(path: &Path, versions: usize) -> SqliteConnection {
    let mut connection =
        SqliteConnection::open(path, Role::Writer, &Options::default(), true).expect("opens");
    let migrations = MIGRATIONS.get(..versions).expect("so many versions");
    connection.migrate(path, &Options::default(), migrations).expect("makes the tables");
    connection
}

#[test]
fn clients_of_an_old_store_are_found_after_the_upgrade() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("old.db");
    let old = store(&path, 4);
    old.inner()
        .execute_batch(
            "INSERT INTO client (client, version, kind, first_name, last_name, phone, email, email_key, archived, created)
            VALUES (11, 1, 'person', 'სოფიო', 'ლომთათიძე', '+995599000001', 'Sopio@Example.ge', 'sopio@example.ge', 0, 0),
                (12, 3, 'person', NULL, 'Иванов', NULL, NULL, NULL, 0, 0), (13, 1, 'person', NULL, NULL, NULL, NULL, NULL, 0, 0);
            INSERT INTO gate (client, archived, inside, passes_since, visits) VALUES (11, 0, 0, 0, 0), (12, 0, 0, 0, 0), (13, 0, 0, 0, 0);
            INSERT INTO client_word (word, client) VALUES ('sopio', 11), ('lomtatidze', 11), ('ivanov', 12);",
        )
        .expect("an old store");
    drop(old);
    let engine = Engine::open(&path, Options::default()).expect("upgrades");
    for (query, client) in [
        ("lomtatidze", 11),
        ("sofio lom", 11),
        ("tatidz", 11),
        ("0001", 11),
        ("SOPIO@", 11),
        ("ivanoff", 12),
        ("bdfyjd", 12),
    ] {
        let request = ClientSearch { query: query.to_owned(), limit: None, passes: false };
        let found = engine.client_search(&Call::default(), request).expect("an answer");
        let found: Vec<i64> = found.hits.iter().map(|hit| hit.client.0).collect();
        assert_eq!(found, [client], "{query}");
    }
}

fn ways() -> Vec<(&'static str, Query)> {
    let client = ClientId(1);
    vec![
        ("beginning", Way::Beginning("a").query(40)),
        ("two beginnings", Way::TwoBeginnings("a", "b").query(40)),
        ("part", Way::Part("aaa").query(40)),
        ("word", Way::Word("a").query(40)),
        ("word and one of", Way::WordAndOneOf("a", &["b", "c"]).query(40)),
        ("phone", Way::Phone("4321").query(40)),
        ("email", Way::Email("ana").query(40)),
        ("card", Way::Card("04AA").query(40)),
        ("beginning of a card", Way::CardBeginning("04AA").query(40)),
        ("external id", Way::ExternalId("7").query(40)),
        ("pass", Way::Pass(PassId(1)).query(40)),
        ("client", Way::Client(client).query(40)),
        ("words by key", words_by_key("a", 40)),
        ("words by part", words_by_part("aaa", 40)),
        ("names cleared", query!("names_clear.sql", client)),
        ("contacts cleared", query!("contacts_clear.sql", client)),
        ("shown", query!("hits.sql")),
        ("profiles", query!("profiles.sql")),
        ("profile", query!("profile.sql", client)),
    ]
}

#[test]
fn no_statement_of_a_search_scans_a_table_or_sorts() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut connection = store(&folder.path().join("plans.db"), MIGRATIONS.len());
    for (name, query) in ways() {
        let rows = connection.table(&format!("EXPLAIN QUERY PLAN {}", query.sql.text)).expect("has a plan");
        let step = |mut row: Row| {
            row.skip(3);
            row.text().expect("is said in words")
        };
        let steps: Vec<String> = rows.into_iter().map(step).collect();
        let scans = steps.iter().filter(|step| {
            let is_few =
                ["SCAN begun", "SCAN found", "SCAN CONSTANT ROW"].iter().any(|few| step.contains(few));
            step.contains("SCAN ") && !is_few
        });
        assert_eq!(scans.count(), 0, "{name}: {steps:?}");
        // Equal to one value, SQLite takes the index of entities, which has all columns, and reads whatever is of the kind.
        assert!(!steps.iter().any(|step| step.ends_with("(kind=?)")), "{name}: {steps:?}");
        let sorts = steps.iter().any(|step| step.contains("TEMP B-TREE"));
        assert!(!sorts || name == "word and one of", "{name}: {steps:?}");
    }
}

/// Clients with the names `a<n>` and `b<n>`, phones and e-mail addresses, as `put` would store them.
fn many(connection: &SqliteConnection, clients: i64) {
    let fill = format!(
        "PRAGMA foreign_keys = OFF; DELETE FROM search_name; DELETE FROM search_word; DELETE FROM search_contact;
        CREATE TEMP TABLE n AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {clients}) SELECT i FROM n;
        INSERT INTO search_name SELECT 'a' || (i % 20000), 'b' || (i % 700), i FROM n;
        INSERT INTO search_name SELECT 'b' || (i % 700), 'a' || (i % 20000), i FROM n;
        INSERT OR IGNORE INTO search_word SELECT 0, word, word FROM search_name;
        INSERT OR IGNORE INTO search_word SELECT 1, word, word FROM search_name;
        INSERT OR IGNORE INTO search_word SELECT 2, substr(word, 2), word FROM search_name;
        INSERT INTO search_contact SELECT 0, '4321' || i, i FROM n;
        INSERT INTO search_contact SELECT 1, 'ana' || i, i FROM n;
        DROP TABLE temp.n;"
    );
    connection.inner().execute_batch(&fill).expect("fills");
}

#[test]
fn a_search_takes_as_many_steps_among_many_clients_as_among_few() {
    let folder = tempfile::tempdir().expect("a folder");
    let connection = store(&folder.path().join("steps.db"), MIGRATIONS.len());
    let ask = || -> Vec<(&str, i32)> {
        let asked = [
            ("beginning", Way::Beginning("a").query(40)),
            ("two beginnings", Way::TwoBeginnings("a", "b").query(40)),
            ("part", Way::Part("1").query(40)),
            ("word", Way::Word("b7").query(40)),
            ("phone", Way::Phone("4321").query(40)),
            ("email", Way::Email("ana").query(40)),
            ("words by key", words_by_key("a", 40)),
            ("words by part", words_by_part("1", 40)),
        ];
        let steps = |(name, query): (&'static str, Query)| {
            let mut statement = connection.inner().prepare(query.sql.text).expect("prepares");
            let value = |value: &Value| match value {
                Value::Int(number) => rusqlite::types::Value::Integer(*number),
                Value::Text(text) => rusqlite::types::Value::Text(text.clone()),
                _ => rusqlite::types::Value::Null,
            };
            let mut rows =
                statement.query(rusqlite::params_from_iter(query.params.iter().map(value))).expect("runs");
            while rows.next().expect("reads").is_some() {}
            drop(rows);
            (name, statement.get_status(StatementStatus::VmStep))
        };
        asked.into_iter().map(steps).collect()
    };
    many(&connection, 30_000);
    let few = ask();
    many(&connection, 150_000);
    for ((name, few), (_, many)) in few.into_iter().zip(ask()) {
        assert!(
            few > 0 && many.saturating_mul(2) <= few.saturating_mul(3),
            "{name}: {few} steps, then {many}"
        );
    }
}
