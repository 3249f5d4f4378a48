//! What SQLite does for the statements of a door: searches, never scans, and no more of them in a long history.

use super::account::FIRST_LOTS;
use super::migrations::MIGRATIONS;
use super::sqlite::{Role, SqliteConnection};
use super::value::{Connection, Sql, sql};
use crate::options::Options;
use rusqlite::StatementStatus;
use rusqlite::types::Value;

fn store(folder: &tempfile::TempDir) -> SqliteConnection {
    let path = folder.path().join("plans.db");
    let mut connection =
        SqliteConnection::open(&path, Role::Writer, &Options::default(), true).expect("opens");
    connection.migrate(&path, &Options::default(), MIGRATIONS).expect("makes the tables");
    connection
}

/// What doors and tills ask and write, of lots above all: of each, how long a history may be is not known.
fn hot() -> [(&'static str, &'static Sql); 35] {
    [
        ("by_card", sql!("access/by_card.sql")),
        ("by_client", sql!("access/by_client.sql")),
        ("counted", sql!("access/counted.sql")),
        ("inside", sql!("access/inside.sql")),
        ("inside_by_card", sql!("access/inside_by_card.sql")),
        ("last_exit", sql!("access/last_exit.sql")),
        ("last_exit_by_card", sql!("access/last_exit_by_card.sql")),
        ("visits_of", sql!("access/visits_of.sql")),
        ("who_is_in", sql!("access/who_is_in.sql")),
        ("purse", sql!("account/purse.sql")),
        ("open_lots", sql!("account/open_lots.sql")),
        ("available", sql!("account/available.sql")),
        ("lot_change", sql!("account/lot_change.sql")),
        ("lot_close", sql!("account/lot_close.sql")),
        ("lot_held", sql!("account/lot_held.sql")),
        ("lines", sql!("account/lines.sql")),
        ("balance_before", sql!("account/balance_before.sql")),
        ("held_counted", sql!("hold/counted.sql")),
        ("holds_over", sql!("hold/over.sql")),
        ("hold_parts", sql!("hold/parts.sql")),
        ("reversed_lot", sql!("reversal/lot.sql")),
        ("reversed_group", sql!("reversal/group.sql")),
        ("pass_of_client", sql!("pass/of_client.sql")),
        ("client", sql!("client/get.sql")),
        ("key", sql!("journal/key_get.sql")),
        ("clock", sql!("journal/clock_get.sql")),
        // The desk.
        ("overview_counts", sql!("overview/counts.sql")),
        ("overview_holds", sql!("overview/holds.sql")),
        ("overview_conflicts", sql!("overview/conflicts.sql")),
        ("catalogue_by_name", sql!("catalogue/by_name.sql")),
        ("catalogue_by_added", sql!("catalogue/by_added.sql")),
        ("client_visits", sql!("visit/of_client.sql")),
        ("last_parameters", sql!("visit/last_parameters.sql")),
        ("presence_of_client", sql!("desk/presence_of_client.sql")),
        ("birthdays", sql!("desk/birthdays.sql")),
    ]
}

/// The steps of a statement's plan, one a line.
fn plan(connection: &mut SqliteConnection, sql: &Sql) -> String {
    let rows = connection.table(&format!("EXPLAIN QUERY PLAN {}", sql.text)).expect("has a plan");
    let text = |mut row: super::value::Row| {
        row.skip(3);
        row.text().expect("is said in words")
    };
    rows.into_iter().map(text).collect::<Vec<_>>().join("\n")
}

#[test]
fn no_statement_of_a_door_or_till_scans_a_table() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut connection = store(&folder);
    for (name, sql) in hot() {
        let plan = plan(&mut connection, sql);
        let scans = plan.lines().filter(|step| step.contains("SCAN ") && !step.contains("SCAN CONSTANT ROW"));
        assert!(plan.contains("SEARCH ") && scans.count() == 0, "{name}: {plan}");
    }
}

#[test]
fn a_door_looks_up_what_can_be_used_and_not_what_was() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut connection = store(&folder);
    for (name, sql) in hot() {
        if ["by_card", "by_client", "purse", "open_lots", "available"].contains(&name) {
            let plan = plan(&mut connection, sql);
            assert!(plan.contains("lot USING PRIMARY KEY (account=? AND is_open=?"), "{name}: {plan}");
            assert!(!plan.contains("TEMP B-TREE"), "{name}: {plan}");
        }
    }
}

#[test]
fn a_page_of_the_catalogue_begins_where_the_one_before_ended() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut connection = store(&folder);
    for (sql, index) in [
        (sql!("catalogue/by_name.sql"), "client_name USING COVERING INDEX client_name_key (name_key>?"),
        (sql!("catalogue/by_added.sql"), "client USING INDEX client_created (created<?"),
    ] {
        let plan = plan(&mut connection, sql);
        assert!(plan.contains(index) && !plan.contains("TEMP B-TREE"), "{plan}");
    }
}

#[test]
fn all_of_a_history_is_found_by_the_client() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut connection = store(&folder);
    let plan = plan(&mut connection, sql!("visit/history.sql"));
    for table in ["visit", "pass_use", "pass", "transfer", "booking", "card", "hold"] {
        assert!(plan.contains(&format!("SEARCH {table} USING")), "{table}: {plan}");
    }
}

/// A client with a card and a pass, and on one account `used_up` lots of which nothing is left and `open` others.
/// `by_gate` says whether the gate row carries the pass, or the door must read it.
fn lots(connection: &SqliteConnection, used_up: i64, open: i64, unit: &str, by_gate: bool) {
    let all = used_up.saturating_add(open);
    let pass = if unit == "visits" { "1" } else { "NULL" };
    let gate = if by_gate { "0, 1, 'said'" } else { "NULL, NULL, NULL" };
    let fill = format!(
        "PRAGMA foreign_keys = OFF; DELETE FROM lot;
        INSERT OR REPLACE INTO card (uid, card, client, kind, state, issued) VALUES ('04AA', 1, 1, 'rfid', 'active', 0);
        INSERT OR REPLACE INTO gate (client, archived, inside, passes_since, account, passes, visits) VALUES (1, 0, 0, {gate}, 0);
        INSERT OR REPLACE INTO account (account, client, venue, pass, unit) VALUES (1, 1, 1, {pass}, '{unit}');
        INSERT OR REPLACE INTO pass (pass, version, client, plan, venue, kind, priority, sold, starts, ends, status, currency, price,
            value, tax, account, services, categories, venues, live_until)
        VALUES (1, 1, 1, 1, 1, 'visits', 0, 0, 0, 253370764800000000, 'open', 'EUR', 0, 0, 0, 1, '[]', '[]', '[]', 253370764800000000);
        WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {all})
        INSERT INTO lot SELECT i, 1, 100, CASE WHEN i <= {used_up} THEN 0 ELSE 100 END, 0, i, 0, 253370764800000000, 0,
            'paid', 2, 0, 0, 0, i > {used_up}, NULL FROM n;"
    );
    connection.inner().execute_batch(&fill).expect("fills");
}

/// How many rows a statement gives, and in how many steps of SQLite's machine.
fn steps(connection: &SqliteConnection, sql: &Sql, params: &[Value]) -> (i64, i32) {
    let mut statement = connection.inner().prepare(sql.text).expect("prepares");
    let mut rows = statement.query(rusqlite::params_from_iter(params)).expect("runs");
    let mut count = 0_i64;
    while rows.next().expect("reads").is_some() {
        count = count.saturating_add(1);
    }
    drop(rows);
    (count, statement.get_status(StatementStatus::VmStep))
}

/// Whether the steps are at most half as many again.
fn about_as_many(few: i32, many: i32) -> bool {
    few > 0 && many.saturating_mul(2) <= few.saturating_mul(3)
}

/// Each statement that asks for lots, with what it is asked: at a door and for a use of a pass, for a charge, for what
/// is left; and those that write a lot.
fn of_lots() -> [(&'static str, &'static Sql, Vec<Value>); 8] {
    let ints = |values: &[i64]| values.iter().map(|value| Value::Integer(*value)).collect::<Vec<_>>();
    let text = |text: &str| Value::Text(text.to_owned());
    [
        ("by_card", sql!("access/by_card.sql"), vec![text("04AA"), Value::Integer(1), Value::Integer(10)]),
        ("by_client", sql!("access/by_client.sql"), ints(&[1, 1, 10])),
        (
            "purse",
            sql!("account/purse.sql"),
            vec![Value::Integer(1), text("EUR"), Value::Integer(10), Value::Integer(FIRST_LOTS)],
        ),
        ("open_lots", sql!("account/open_lots.sql"), ints(&[1])),
        ("available", sql!("account/available.sql"), ints(&[1, 10])),
        ("reversed_lot", sql!("reversal/lot.sql"), ints(&[5])),
        ("lot_held", sql!("account/lot_held.sql"), ints(&[5, 0, 0])),
        ("lot_change", sql!("account/lot_change.sql"), ints(&[5, 0, 0, 0])),
    ]
}

#[test]
fn behind_a_hundred_thousand_lots_that_were_used_up_each_statement_takes_as_many_steps() {
    let folder = tempfile::tempdir().expect("a folder");
    let connection = store(&folder);
    for (unit, by_gate) in [("visits", true), ("visits", false), ("EUR", true)] {
        let ask = || of_lots().map(|(name, sql, params)| (name, steps(&connection, sql, &params)));
        lots(&connection, 0, 10, unit, by_gate);
        let with_ten = ask();
        lots(&connection, 100_000, 10, unit, by_gate);
        for ((name, (rows, few)), (_, (same, many))) in with_ten.into_iter().zip(ask()) {
            let lists_lots =
                ["by_card", "by_client", "open_lots"].contains(&name) || (name == "purse" && unit == "EUR");
            assert!(!lists_lots || rows == 10, "{name} of {unit} sees {rows} of 10 lots");
            assert!(
                rows == same && about_as_many(few, many),
                "{name} of {unit}: {rows} rows in {few} steps, {same} in {many}"
            );
        }
    }
}

#[test]
fn a_charge_takes_as_many_steps_with_a_hundred_thousand_lots_that_can_be_used() {
    let folder = tempfile::tempdir().expect("a folder");
    let connection = store(&folder);
    let ask = |connection: &SqliteConnection| {
        let asked = of_lots().into_iter().find(|(name, ..)| *name == "purse").expect("is there");
        steps(connection, asked.1, &asked.2)
    };
    lots(&connection, 0, 10, "EUR", true);
    let (ten, few) = ask(&connection);
    lots(&connection, 0, 100_000, "EUR", true);
    let (first, many) = ask(&connection);
    assert_eq!((ten, first), (10, FIRST_LOTS), "no more are read than a charge looks at first");
    assert!(about_as_many(few, many), "{few} steps with 10 lots, {many} with 100 000");
}

#[test]
fn uses_of_the_past_are_not_counted_one_by_one() {
    let folder = tempfile::tempdir().expect("a folder");
    let connection = store(&folder);
    let count = |uses: i64| {
        let fill = format!(
            "PRAGMA foreign_keys = OFF; DELETE FROM pass_use;
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {uses})
            INSERT INTO pass_use SELECT i, 1, 1, 1, NULL, i, i, NULL, NULL, i, 1, 1, NULL, 0 FROM n;"
        );
        connection.inner().execute_batch(&fill).expect("fills");
        // Ten uses lie in each window; all are counted only where there is a limit to them.
        let (from, until) = (uses.saturating_sub(9), uses.saturating_add(1));
        let asked = [1, uses, from, until, from, until, from, until, i64::MAX].map(Value::Integer);
        steps(&connection, sql!("access/counted.sql"), &asked).1
    };
    let (few, many) = (count(10), count(100_000));
    assert!(about_as_many(few, many), "{few} steps with 10 uses, {many} with 100 000");
}
