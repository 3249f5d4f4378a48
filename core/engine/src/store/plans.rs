//! What SQLite does for the statements of a door: searches, never scans, and no more of them in a long history.

use super::migrations::MIGRATIONS;
use super::sqlite::{Role, SqliteConnection};
use super::value::{Connection, Sql, sql};
use crate::options::Options;
use rusqlite::StatementStatus;

fn store(folder: &tempfile::TempDir) -> SqliteConnection {
    let path = folder.path().join("plans.db");
    let mut connection =
        SqliteConnection::open(&path, Role::Writer, &Options::default(), true).expect("opens");
    connection.migrate(&path, &Options::default(), MIGRATIONS).expect("makes the tables");
    connection
}

fn hot() -> [(&'static str, &'static Sql); 17] {
    [
        ("by_card", sql!("access/by_card.sql")),
        ("by_client", sql!("access/by_client.sql")),
        ("counted", sql!("access/counted.sql")),
        ("inside", sql!("access/inside.sql")),
        ("last_exit", sql!("access/last_exit.sql")),
        ("last_exit_by_card", sql!("access/last_exit_by_card.sql")),
        ("visits_of", sql!("access/visits_of.sql")),
        ("who_is_in", sql!("access/who_is_in.sql")),
        ("purse", sql!("account/purse.sql")),
        ("open_lots", sql!("account/open_lots.sql")),
        ("available", sql!("account/available.sql")),
        ("lines", sql!("account/lines.sql")),
        ("balance_before", sql!("account/balance_before.sql")),
        ("pass_of_client", sql!("pass/of_client.sql")),
        ("client", sql!("client/get.sql")),
        ("key", sql!("journal/key_get.sql")),
        ("clock", sql!("journal/clock_get.sql")),
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

/// Lots of account 1, of which all but `open` are used up.
fn lots(connection: &SqliteConnection, used_up: i64, open: i64) {
    let all = used_up.saturating_add(open);
    let fill = format!(
        "PRAGMA foreign_keys = OFF; DELETE FROM lot;
        INSERT OR REPLACE INTO gate (client, archived, inside, visits) VALUES (1, 0, 0, 0);
        INSERT OR REPLACE INTO account VALUES (1, 1, 1, NULL, 'EUR', 0, 0);
        WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {})
        INSERT INTO lot SELECT i, 1, 100, CASE WHEN i <= {used_up} THEN 0 ELSE 100 END, 0, i, 0, 253370764800000000, 0,
            'paid', 2, 0, 0, 0, i > {used_up}, NULL FROM n;",
        all
    );
    connection.inner().execute_batch(&fill).expect("fills");
}

fn steps(connection: &SqliteConnection) -> i32 {
    let sql = sql!("account/purse.sql");
    let mut statement = connection.inner().prepare(sql.text).expect("prepares");
    let mut rows = statement.query(rusqlite::params![1, "EUR", 10, 16]).expect("runs");
    assert!(rows.next().expect("reads").is_some());
    while rows.next().expect("reads").is_some() {}
    drop(rows);
    statement.get_status(StatementStatus::VmStep)
}

#[test]
fn a_use_costs_as_many_steps_with_a_hundred_thousand_lots_as_with_twenty() {
    let folder = tempfile::tempdir().expect("a folder");
    let connection = store(&folder);
    lots(&connection, 0, 20);
    let few = steps(&connection);
    lots(&connection, 0, 100_000);
    let open = steps(&connection);
    lots(&connection, 100_000, 20);
    let used_up = steps(&connection);
    assert!(
        few > 0 && open.saturating_mul(2) <= few.saturating_mul(3),
        "{few} steps with 20 lots, {open} with 100 000"
    );
    assert!(
        used_up.saturating_mul(2) <= few.saturating_mul(3),
        "{few} steps with 20 lots, {used_up} behind 100 000 that were used up"
    );
}
