//! The check knows when holds, debts, reversals and uses are not as the ledger says.

#![expect(clippy::expect_used, clippy::indexing_slicing, reason = "a test that panics fails, as it should")]

use carnet::{Engine, Options};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::path::PathBuf;

struct Club {
    engine: Engine,
    path: PathBuf,
    _folder: tempfile::TempDir,
}

impl Club {
    fn ok(&self, request: &Value) -> Value {
        let reply = self.engine.execute_json(request.to_string().as_bytes());
        let reply: Value = serde_json::from_str(&reply).expect("a reply");
        assert!(reply.get("reply").is_some(), "{request} -> {reply}");
        reply["reply"].clone()
    }

    fn at(&self, hour: u8, op: &str, args: &Value) -> Value {
        self.ok(&json!({"op": op, "at": format!("2026-01-05T{hour:02}:00:00Z"), "args": args}))
    }

    fn sql(&self, sql: &str) {
        let other = rusqlite::Connection::open(&self.path).expect("opens");
        other.execute_batch(&format!("PRAGMA foreign_keys = OFF; {sql}")).expect("runs");
    }

    /// What the check finds different.
    fn differs(&self) -> BTreeSet<String> {
        let found = self.ok(&json!({"op": "store.check"}))["differences"].clone();
        let what = |difference: &Value| difference["what"].as_str().expect("a name").to_owned();
        found.as_array().expect("a list").iter().map(what).collect()
    }
}

fn eur(amount: &str) -> Value {
    json!({"amount": amount, "currency": "EUR"})
}

/// A pass of three and 20.00 on the account: one visit and 5.00 captured, 2.00 of it reversed; as much is held.
fn club() -> Club {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("club.db");
    let engine = Engine::open(&path, Options::create().seeded(1)).expect("opens");
    let club = Club { engine, path, _folder: folder };
    let venue = json!({"name": "Club", "time_zone": "Europe/Bucharest", "currency": "EUR", "country": "RO"});
    club.at(6, "venue.add", &venue);
    let client = club.at(7, "client.add", &json!({"first_name": "Ana"}))["client"].clone();
    let plan = json!({"name": "Three", "kind": {"visits": {"visits": 3}}, "price": eur("99.00"), "tax": "0"});
    let plan = club.at(7, "plan.add", &plan)["plan"].clone();
    let sale =
        json!({"client": client, "plan": plan, "payments": [{"method": "cash", "amount": eur("99.00")}]});
    let pass = club.at(8, "pass.sell", &sale)["pass"].clone();
    club.at(8, "account.top_up", &json!({"client": client, "amount": eur("20.00"), "method": "cash"}));
    club.at(8, "access.enter", &json!({"client": client, "pass": pass}));
    let parts = json!([{"visits": {"pass": pass, "visits": 1}}, {"money": eur("5.00")}]);
    let place = json!({"client": client, "parts": parts, "minutes": 1000});
    let first = club.at(9, "hold.place", &place)["hold"].clone();
    club.at(9, "hold.capture", &json!({"hold": first}));
    club.at(10, "hold.place", &place);
    let lines = club.at(10, "account.statement", &json!({"client": client}));
    let charge = lines["lines"][1]["transfer"].clone();
    club.at(11, "transfer.reverse", &json!({"transfer": charge, "amount": "2.00", "reason": "cold"}));
    club
}

#[test]
fn the_check_finds_holds_debts_and_reversals_that_are_not_as_the_ledger_says() {
    let cases: [(&str, &[&str]); 14] = [
        ("UPDATE lot SET held = held - 1 WHERE held > 0", &["lot.held"]),
        ("UPDATE lot SET held_until = held_until + 1 WHERE held > 0", &["lot.held_until"]),
        ("UPDATE lot SET held_until = NULL", &["lot.held_until"]),
        ("UPDATE hold SET state = 'released' WHERE state = 'open'", &["hold.state"]),
        ("UPDATE hold_part SET held = 0", &["lot.held", "lot.held_until", "hold.state"]),
        ("UPDATE account SET debt = 1 WHERE pass IS NULL", &["transfer.balance"]),
        ("UPDATE pass_use SET amount = 2", &["use.amount"]),
        ("UPDATE pass_use SET reversed = 1", &["use.reversed"]),
        ("UPDATE transfer SET reverses = reverses + 1000 WHERE reverses IS NOT NULL", &["transfer.reverses"]),
        ("UPDATE transfer SET lot = lot + 1000 WHERE lot IS NOT NULL", &["transfer.lot"]),
        ("UPDATE lot SET released = 1 WHERE value > 0", &["lot.released", "transfer.deferred_revenue"]),
        (
            "UPDATE lot SET recognised = recognised - 1, released = 1 WHERE value > 0",
            &["lot.recognised"],
        ),
        (
            "INSERT INTO conflict (conflict, at, made, venue, client, visit, reason)
            SELECT 1, entered, entered, venue, client, visit, 'exhausted' FROM visit",
            &["conflict.visit"],
        ),
        (
            "INSERT INTO transfer SELECT transfer + 1000, grp, at, venue, business_date, unit, 301, credit, credit_counter, debit,
                debit_counter, 'reversal', client, pass, plan, visit, NULL, NULL, transfer FROM transfer WHERE reason = 'charge'",
            &["transfer.reversed", "transfer.balance", "counter.transfer"],
        ),
    ];
    assert_eq!(club().differs(), BTreeSet::new());
    for (damage, expected) in cases {
        let club = club();
        club.sql(damage);
        let expected: BTreeSet<String> = expected.iter().map(|what| (*what).to_owned()).collect();
        assert_eq!(club.differs(), expected, "{damage}");
    }
}
