//! The check knows when holds, debts, reversals and uses are not as the ledger says.

#![expect(clippy::expect_used, clippy::indexing_slicing, reason = "a test that panics fails, as it should")]

mod support;

use serde_json::{Value, json};
use support::{Club, names};

fn eur(amount: &str) -> Value {
    json!({"amount": amount, "currency": "EUR"})
}

/// A pass of three and 20.00 on the account: one visit and 5.00 captured, 2.00 of it reversed; as much is held.
fn club() -> Club {
    let club = Club::new("2026-01-05T06:00:00Z");
    let at = |hour: u8, op: &str, args: &Value| {
        club.ok(&json!({"op": op, "at": format!("2026-01-05T{hour:02}:00:00Z"), "args": args}))
    };
    let client = at(7, "client.add", &json!({"first_name": "Ana"}))["client"].clone();
    let plan = json!({"name": "Three", "kind": {"visits": {"visits": 3}}, "price": eur("99.00"), "tax": "0"});
    let plan = at(7, "plan.add", &plan)["plan"].clone();
    let sale =
        json!({"client": client, "plan": plan, "payments": [{"method": "cash", "amount": eur("99.00")}]});
    let pass = at(8, "pass.sell", &sale)["pass"].clone();
    at(8, "account.top_up", &json!({"client": client, "amount": eur("20.00"), "method": "cash"}));
    at(8, "access.enter", &json!({"client": client, "pass": pass}));
    let parts = json!([{"visits": {"pass": pass, "visits": 1}}, {"money": eur("5.00")}]);
    let place = json!({"client": client, "parts": parts, "minutes": 1000});
    let first = at(9, "hold.place", &place)["hold"].clone();
    at(9, "hold.capture", &json!({"hold": first}));
    at(10, "hold.place", &place);
    let lines = at(10, "account.statement", &json!({"client": client}));
    let charge = lines["lines"][1]["transfer"].clone();
    at(11, "transfer.reverse", &json!({"transfer": charge, "amount": "2.00", "reason": "cold"}));
    club
}

#[test]
fn the_check_finds_holds_debts_and_reversals_that_are_not_as_the_ledger_says() {
    let cases: [(&str, &[&str]); 15] = [
        ("UPDATE lot SET held = held - 1 WHERE held > 0", &["lot.held"]),
        ("UPDATE lot SET held_until = held_until + 1 WHERE held > 0", &["lot.held_until"]),
        ("UPDATE lot SET held_until = NULL", &["lot.held_until"]),
        ("UPDATE hold SET state = 'released' WHERE state = 'open'", &["hold.state"]),
        ("UPDATE hold_part SET held = 0", &["lot.held", "lot.held_until", "hold.state"]),
        ("UPDATE account SET debt = 1 WHERE pass IS NULL", &["transfer.balance"]),
        ("UPDATE pass_use SET amount = 2", &["use.amount"]),
        ("UPDATE pass_use SET reversed = 1", &["use.reversed"]),
        ("UPDATE pass_use SET back = 1", &["use.back"]),
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
    assert_eq!(club().differs(), names(&[]));
    for (damage, expected) in cases {
        let club = club();
        club.sql(damage);
        assert_eq!(club.differs(), names(expected), "{damage}");
    }
}
