//! The statements and the schema on a real server, which `CARNET_TEST_POSTGRES_URL` names. `tests/run` starts one and
//! runs these too.

use super::connection::PgConnection;
use super::place::Place;
use super::{rewrite, schema};
use crate::options::{Migrate, Options};
use crate::store::migrations::MIGRATIONS;
use crate::store::value::{Connection, Query, Sql, Value, query};
use carnet_domain::Reason;
use std::path::Path;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

/// A schema of its own on the server, gone at the end.
struct Stand {
    place: Place,
    name: String,
}

impl Stand {
    fn new() -> Self {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let url = std::env::var("CARNET_TEST_POSTGRES_URL").expect("CARNET_TEST_POSTGRES_URL names a server");
        let name = format!("unit_{}_{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
        let joint = if url.contains('?') { '&' } else { '?' };
        let url = format!("{url}{joint}options=-c%20search_path%3D{name}");
        let place = Place::from_url(&url, Duration::from_secs(5)).expect("a URL");
        let stand = Self { place, name };
        stand.open().script(&format!("CREATE SCHEMA {}", stand.name)).expect("a schema");
        stand
    }

    fn open(&self) -> PgConnection {
        let deadline = Instant::now().checked_add(Duration::from_secs(20)).expect("a time");
        PgConnection::open(&self.place, deadline).map_err(|failure| failure.error).expect("connects")
    }

    /// With its tables.
    fn made() -> (Self, PgConnection) {
        let stand = Self::new();
        let mut connection = stand.open();
        schema::migrate(&mut connection, &Options::create(), MIGRATIONS).expect("is made");
        (stand, connection)
    }
}

impl Drop for Stand {
    fn drop(&mut self) {
        self.open().script(&format!("DROP SCHEMA {} CASCADE", self.name)).expect("goes");
    }
}

#[test]
#[ignore = "needs a server: tests/run postgres"]
fn every_statement_can_be_prepared() {
    let (_stand, mut connection) = Stand::made();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/store");
    let mut count = 0;
    for area in std::fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path()) {
        if !area.is_dir() || area.ends_with("migrations") || area.ends_with("sqlite") {
            continue;
        }
        for file in std::fs::read_dir(area).expect("a folder").map(|entry| entry.expect("an entry").path()) {
            let name = file.to_string_lossy().into_owned();
            let has_own = !name.ends_with(".pg.sql") && file.with_extension("pg.sql").exists();
            if !name.ends_with(".sql") || name.ends_with(".sqlite.sql") || has_own {
                continue;
            }
            let text = std::fs::read_to_string(&file).expect("a file");
            // The server prepares no LISTEN by name; the driver's protocol does.
            if text.starts_with("LISTEN") {
                continue;
            }
            let text = format!("PREPARE probe AS {}; DEALLOCATE probe", rewrite::statement(&text));
            assert!(connection.script(&text).is_ok(), "{name} cannot be prepared");
            count += 1;
        }
    }
    assert!(count > 90, "only {count} statements were found");
}

#[test]
#[ignore = "needs a server: tests/run postgres"]
fn a_store_is_made_once_and_upgraded_once() {
    const TWO: &str = "CREATE TABLE more (x {i64} NOT NULL, y TEXT) STRICT;";
    let (stand, mut connection) = Stand::made();
    let refuse = Options { migrate: Migrate::Refuse, ..Options::default() };
    schema::migrate(&mut connection, &refuse, MIGRATIONS).expect("is up to date");
    schema::refuse_other(&mut connection).expect("is the one known");
    let next: Vec<&str> = MIGRATIONS.iter().copied().chain([TWO]).collect();
    let refused = schema::migrate(&mut connection, &refuse, &next).expect_err("is not wanted");
    assert_eq!(refused.reason(), Reason::Older);
    schema::migrate(&mut connection, &Options::default(), &next).expect("is upgraded");
    connection.script("SELECT x FROM more").expect("has the new table");
    assert_eq!(schema::refuse_other(&mut connection).map_err(|error| error.reason()), Err(Reason::Newer));
    let older = schema::migrate(&mut stand.open(), &Options::default(), MIGRATIONS).expect_err("is newer");
    assert_eq!(older.reason(), Reason::Newer);
}

#[test]
#[ignore = "needs a server: tests/run postgres"]
fn an_upgrade_that_fails_leaves_nothing() {
    let (_stand, mut connection) = Stand::made();
    let bad: Vec<&str> =
        MIGRATIONS.iter().copied().chain(["CREATE TABLE half (x {i64}); SELECT no FROM half;"]).collect();
    schema::migrate(&mut connection, &Options::default(), &bad).expect_err("fails");
    assert!(connection.script("SELECT x FROM half").is_err());
    schema::refuse_other(&mut connection).expect("is as it was");
}

#[test]
#[ignore = "needs a server: tests/run postgres"]
fn no_store_without_being_asked() {
    let stand = Stand::new();
    let mut connection = stand.open();
    let missing = schema::migrate(&mut connection, &Options::default(), MIGRATIONS).expect_err("is not made");
    assert_eq!(missing.reason(), Reason::Missing);
    assert_eq!(schema::refuse_other(&mut connection).map_err(|error| error.reason()), Err(Reason::Missing));
}

#[test]
#[ignore = "needs a server: tests/run postgres"]
fn a_transaction_is_two_exchanges() {
    let (_stand, mut connection) = Stand::made();
    let work = |connection: &mut PgConnection, next: i64| {
        connection.begin([schema::lock_shared()]);
        let asked = query!("../config/counter.sql", "client");
        connection.look_ahead(vec![asked.clone()]).expect("reads");
        let found = connection.first(asked).expect("is there").map(|mut row| row.int().expect("a number"));
        connection.commit_with_next();
        connection.rows(query!("../config/reserve.sql", "client", next)).expect("writes");
        found
    };
    assert_eq!(work(&mut connection, 7), None);
    let before = connection.exchanges;
    assert_eq!(work(&mut connection, 9), Some(7));
    assert_eq!(connection.exchanges, before.saturating_add(2));
    assert!(connection.is_sound());
}

#[test]
#[ignore = "needs a server: tests/run postgres"]
fn a_statement_that_fails_takes_its_transaction_with_it() {
    let (_stand, mut connection) = Stand::made();
    connection.begin([]);
    connection.rows(query!("../config/reserve.sql", "client", 7_i64)).expect("writes");
    connection.commit_with_next();
    let twice = [
        query!("../config/init.sql", 1_i64, 0_i64, vec![1_u8]),
        query!("../config/init.sql", 1_i64, 0_i64, vec![1_u8]),
    ];
    let error = connection.batch(&twice).expect_err("is there already");
    assert_eq!(error.reason(), Reason::AlreadyExists);
    connection.rollback();
    assert!(connection.is_sound());
    assert!(connection.first(query!("../config/counter.sql", "client")).expect("reads").is_none());
    assert!(connection.first(query!("../config/store.sql")).expect("reads").is_none());
}

#[test]
#[ignore = "needs a server: tests/run postgres"]
fn a_statement_that_cannot_be_prepared_ends_its_transaction() {
    let (_stand, mut connection) = Stand::made();
    connection.begin([]);
    connection.rows(query!("../config/reserve.sql", "client", 7_i64)).expect("writes");
    // As where another program has upgraded the tables.
    connection.script("ALTER TABLE visit RENAME TO visits").expect("is another schema");
    let error =
        connection.rows(query!("../access/visits_of.sql", 1_i64, 1_i64)).expect_err("has no such table");
    assert_eq!(error.reason(), Reason::Corrupt);
    connection.rollback();
    assert!(connection.is_sound());
    assert!(connection.first(query!("../config/counter.sql", "client")).expect("reads").is_none());
}

#[test]
#[ignore = "needs a server: tests/run postgres"]
fn an_exchange_is_larger_than_what_the_sockets_hold() {
    static ECHO: Sql = Sql { text: "SELECT CAST(?1 AS TEXT), CAST(?2 AS BIGINT)", postgres: None };
    const COUNT: i64 = 48;
    let mut connection = Stand::new().open();
    // Who only sent before it took anything would wait for a server that waits for it.
    let text = "ü".repeat(400_000);
    let echo = |number| Query { sql: &ECHO, params: vec![Value::Text(text.clone()), Value::Int(number)] };
    let before = connection.exchanges;
    let answers = connection.batch(&(0..COUNT).map(echo).collect::<Vec<_>>()).expect("is answered");
    assert_eq!(connection.exchanges, before + 2, "one to prepare, one for all");
    for (number, rows) in (0..COUNT).zip(answers) {
        let [mut row] = <[_; 1]>::try_from(rows).expect("one row");
        assert!(row.text().expect("a text") == text, "{number}");
        assert_eq!(row.int(), Ok(number));
    }
}

#[test]
#[ignore = "needs a server: tests/run postgres"]
fn an_answer_that_comes_late_is_nobodys() {
    static SLOW: Sql = Sql { text: "SELECT CAST(?1 AS BIGINT) FROM pg_sleep(0.4)", postgres: None };
    let mut connection = Stand::new().open();
    let slow = |number| Query { sql: &SLOW, params: vec![Value::Int(number)] };
    assert_eq!(connection.first(slow(1)).expect("is answered").map(|mut row| row.int()), Some(Ok(1)));
    let after = |wait| Instant::now().checked_add(wait).expect("a time");
    connection.deadline = after(Duration::from_millis(50));
    let late = connection.first(slow(2)).expect_err("takes longer");
    assert_eq!(late.reason(), Reason::Busy);
    assert!(!connection.is_sound());
    connection.deadline = after(Duration::from_secs(20));
    assert!(connection.first(slow(3)).is_err(), "was given up");
}

#[test]
#[ignore = "needs a server: tests/run postgres"]
fn who_is_too_late_even_to_roll_back_holds_no_lock() {
    let (stand, mut connection) = Stand::made();
    connection.begin([schema::lock_alone()]);
    connection.rows(query!("../config/reserve.sql", "client", 7_i64)).expect("writes");
    connection.deadline = Instant::now().checked_sub(Duration::from_secs(1)).expect("a time");
    connection.rollback();
    assert!(!connection.is_sound());
    // It lies in the pool until it is wanted again, and nothing is done with it.
    let mut other = stand.open();
    other.begin([schema::lock_alone()]);
    assert!(other.first(query!("../config/counter.sql", "client")).expect("is not locked").is_none());
    other.rollback();
}
