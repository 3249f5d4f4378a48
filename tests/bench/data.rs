//! Stores of any size, made fast: the engine makes two clients with all that they have, and SQL copies them.
//!
//! Client `n` counts from 1. Half hold a pass of visits with one lot, half a time pass; 70 % of the passes are valid
//! now, the others ended a month ago. All have two visits, the transfers of their sale and uses, and money.

use crate::measure::Result;
use carnet::{Engine, Options};
use rusqlite::Connection;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::path::{Path, PathBuf};

/// The time of the first call of a bench: 2026-06-01T08:00:00Z.
pub const NOW: i64 = 1_780_300_800_000_000;
pub const DAY: i64 = 86_400_000_000;
/// Ids of client `n` are those of the client it was copied from and `n` times this.
pub const STRIDE: i64 = 64;
pub const NODE: i64 = 7;
const SCHEMA: &str = include_str!("../../core/engine/src/store/migrations/0001_spine.sql");
/// What the engine does after it stored a pass, for one client.
pub const GATE: &str = include_str!("../../core/engine/src/store/pass/gate.sql");
/// What the schema became.
const PACKAGES: &str = include_str!("../../core/engine/src/store/migrations/0003_packages.sql");
const MADE_BY: &str = include_str!("data.rs");

/// Whether client `n` holds a pass of visits.
pub const fn has_visits(n: i64) -> bool {
    n % 2 == 0
}

/// Whether the pass of client `n` is valid.
pub const fn is_valid(n: i64) -> bool {
    (n / 2) % 10 < 7
}

/// The id of client `n`.
pub const fn client(n: i64) -> i64 {
    (NODE << 40) | (if has_visits(n) { 1 } else { 2 } + n * STRIDE)
}

/// The number on the card of client `n`: scattered, none twice.
pub const fn card(n: i64) -> i64 {
    (n * 8_796_093_022_151) % 281_474_976_710_597
}

/// What the reader sends for client `n`.
pub fn uid(n: i64) -> String {
    format!("04{:012X}", card(n))
}

/// The same as the bytes of the chip.
pub fn uid_bytes(n: i64) -> [u8; 7] {
    let mut bytes = [4; 7];
    bytes.iter_mut().skip(1).zip(card(n).to_be_bytes().iter().skip(2)).for_each(|(to, from)| *to = *from);
    bytes
}

/// The folder of everything that benches write.
pub fn folder() -> Result<PathBuf> {
    let target = std::env::var_os("CARGO_TARGET_DIR")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../target"), PathBuf::from);
    let folder = target.join("bench-data");
    std::fs::create_dir_all(&folder)?;
    Ok(folder)
}

/// The store of `clients` clients; made if it is not there yet.
pub fn store(clients: i64) -> Result<PathBuf> {
    cached(clients, "store", |path| make(path, clients))
}

/// The lean store of the same clients.
pub fn lean(clients: i64) -> Result<PathBuf> {
    cached(clients, "lean", |path| crate::floor::lean::make(path, clients))
}

fn cached(clients: i64, name: &str, make: impl FnOnce(&Path) -> Result<()>) -> Result<PathBuf> {
    let lean = include_str!("floor/lean.rs");
    let digest = Sha256::new()
        .chain_update(SCHEMA)
        .chain_update(PACKAGES)
        .chain_update(GATE)
        .chain_update(MADE_BY)
        .chain_update(lean)
        .finalize();
    let hash: String = digest.iter().take(6).map(|byte| format!("{byte:02x}")).collect();
    let path = folder()?.join(format!("{name}-{clients}-{hash}.db"));
    if !path.exists() {
        let unfinished = path.with_extension("making");
        remove(&unfinished);
        make(&unfinished)?;
        std::fs::rename(&unfinished, &path)?;
    }
    Ok(path)
}

/// A copy that a bench may write to.
pub fn copy(of: &Path, name: &str) -> Result<PathBuf> {
    let path = folder()?.join(format!("run-{}-{name}.db", std::process::id()));
    std::fs::copy(of, &path)?;
    std::fs::File::open(&path)?.sync_all()?;
    Ok(path)
}

/// Removes a store and what SQLite keeps beside it.
pub fn remove(path: &Path) {
    for end in ["", "-wal", "-shm", "-journal"] {
        let mut name = path.as_os_str().to_owned();
        name.push(end);
        // What is not there need not be removed.
        drop(std::fs::remove_file(name));
    }
}

fn make(path: &Path, clients: i64) -> Result<()> {
    let engine = Engine::open(path, Options { node: Some(NODE), ..Options::create().seeded(1) })?;
    samples(&engine)?;
    engine.close()?;
    drop(engine);
    let mut db = Connection::open(path)?;
    db.execute_batch(
        "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA foreign_keys = OFF;
        PRAGMA cache_size = -400000; PRAGMA temp_store = MEMORY;",
    )?;
    let transaction = db.transaction()?;
    for table in TABLES {
        transaction.execute_batch(&copying(&transaction, table, clients)?)?;
    }
    transaction.execute_batch(gates()?)?;
    let next = (clients + 2) * STRIDE;
    transaction.execute_batch(&format!("UPDATE counter SET next = {next}"))?;
    transaction.commit()?;
    db.execute_batch("PRAGMA journal_mode = WAL")?;
    Ok(())
}

/// The statement that makes the gate rows of all clients from their passes.
pub fn gates() -> Result<&'static str> {
    Ok(GATE.split("\nWHERE client =").next().ok_or("no statement")?)
}

fn run(engine: &Engine, request: &Value) -> Result<Value> {
    let reply: Value = serde_json::from_str(&engine.execute_json(request.to_string().as_bytes()))?;
    reply.get("reply").cloned().ok_or_else(|| format!("{request} -> {reply}").into())
}

/// Client 1 with a pass of visits, client 2 with a time pass, and some history.
pub fn samples(engine: &Engine) -> Result<()> {
    let money = |amount: &str| json!({"amount": amount, "currency": "EUR"});
    let year = json!({"period": {"count": 1, "unit": "year"}});
    run(
        engine,
        &json!({"op": "venue.add", "at": "2026-01-01T08:00:00Z",
        "args": {"name": "Club", "time_zone": "Europe/Bucharest", "currency": "EUR", "country": "RO"}}),
    )?;
    run(
        engine,
        &json!({"op": "service.add", "at": "2026-01-01T08:00:00Z",
        "args": {"name": "Massage", "price": money("10.00"), "tax": "0"}}),
    )?;
    let mut added = Vec::new();
    for (first, kind) in [
        ("Ana", json!({"visits": {"visits": 1000, "validity": year}})),
        ("Ion", json!({"time": {"validity": year}})),
    ] {
        let add = json!({"op": "plan.add", "at": "2026-05-20T08:00:00Z",
            "args": {"name": first, "kind": kind, "price": money("100.00"), "tax": "0"}});
        let plan = run(engine, &add)?["plan"].clone();
        let add = json!({"op": "client.add", "at": "2026-05-20T08:00:00Z",
            "args": {"first_name": first, "last_name": "Popescu", "sex": "female"}});
        let client = run(engine, &add)?["client"].clone();
        run(
            engine,
            &json!({"op": "card.add", "at": "2026-05-20T08:00:00Z", "args": {"client": client, "uid": first}}),
        )?;
        run(
            engine,
            &json!({"op": "pass.sell", "at": "2026-05-20T08:00:00Z", "args": {"client": client, "plan": plan,
            "payments": [{"method": "cash", "amount": money("100.00")}]}}),
        )?;
        run(
            engine,
            &json!({"op": "account.top_up", "at": "2026-05-20T08:00:00Z",
            "args": {"client": client, "method": "card", "amount": money("1000000.00")}}),
        )?;
        added.push(client);
    }
    for day in [21, 24] {
        let at = |hour: i64| format!("2026-05-{day}T{hour:02}:00:00Z");
        for client in &added {
            run(engine, &json!({"op": "access.enter", "at": at(9), "args": {"client": client}}))?;
        }
        for client in &added {
            run(engine, &json!({"op": "access.exit", "at": at(11), "args": {"client": client}}))?;
        }
    }
    Ok(())
}

/// The tables in which a client has rows.
pub const TABLES: [&str; 10] =
    ["client", "gate", "client_spent", "client_word", "card", "account", "pass", "lot", "transfer", "visit"];

/// What the two databases do not say in the same words.
pub struct Words {
    /// What the reader sends for client `n`.
    pub uid: &'static str,
    /// The list of lots of the sample `s`, for client `n`. The one number in the list that is an id.
    pub lots: &'static str,
}

const SQLITE: Words = Words {
    uid: "printf('04%012X', (n * 8796093022151) % 281474976710597)",
    lots: "replace(s.lots, CAST(json_extract(s.lots, '$[0].lot') AS TEXT),
        CAST(json_extract(s.lots, '$[0].lot') + n * 64 AS TEXT))",
};

/// Of which sample a row of a table is: 1 of the client with visits, 0 of the other.
pub fn of_visits(table: &str) -> &'static str {
    match table {
        "lot" => "(SELECT client FROM account WHERE account.account = lot.account) & 1",
        _ => "client & 1",
    }
}

/// What client `n` has in these columns, in the place of `s`, a row of its sample.
pub fn copied(names: &[String], words: &Words) -> String {
    let moved = format!("CASE WHEN (n / 2) % 10 < 7 THEN 0 ELSE {} END", 385 * DAY);
    let value = |name: &String| match name.as_str() {
        "client" | "card" | "account" | "pass" | "lot" | "visit" | "transfer" | "grp" | "debit"
        | "credit" => {
            format!("s.{name} + n * {STRIDE}")
        }
        "sold" | "starts" | "ends" | "granted" | "effective" | "expires" | "live_until" => {
            format!("CASE WHEN s.{name} > 200000000000000000 THEN s.{name} ELSE s.{name} - {moved} END")
        }
        "uid" => words.uid.to_owned(),
        "word" => "s.word || (n % 1000)".to_owned(),
        "lots" => words.lots.to_owned(),
        _ => format!("s.{name}"),
    };
    names.iter().map(value).collect::<Vec<_>>().join(", ")
}

/// The statements that copy the rows of the two samples in one table.
fn copying(db: &Connection, table: &str, clients: i64) -> Result<String> {
    let mut statement = db.prepare("SELECT name FROM pragma_table_info(?1)")?;
    let names = statement.query_map([table], |row| row.get(0))?.collect::<rusqlite::Result<Vec<String>>>()?;
    Ok(format!(
        "CREATE TEMP TABLE sample AS SELECT *, {sample} AS of_visits FROM {table};
        WITH RECURSIVE num (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM num WHERE n < {clients})
        INSERT INTO main.{table} ({columns}) SELECT {values}
        FROM num CROSS JOIN sample AS s ON s.of_visits = (n % 2 = 0);
        DROP TABLE temp.sample;",
        sample = of_visits(table),
        columns = names.join(", "),
        values = copied(&names, &SQLITE),
    ))
}
