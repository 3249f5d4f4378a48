//! The gate row says of the passes what the passes say, and the check knows when it does not.

#![expect(clippy::expect_used, clippy::indexing_slicing, reason = "a test that panics fails, as it should")]

mod support;

use serde_json::{Value, json};
use support::{Club, names};

/// A club that sells passes.
struct Desk(Club);

impl Desk {
    fn new() -> Self {
        Self(Club::new("2026-01-01T06:00:00Z"))
    }

    fn plan(&self, kind: &Value, start: &Value) -> Value {
        let args = json!({"name": "Plan", "kind": kind, "start": start, "price": {"amount": "10.00", "currency": "EUR"}, "tax": "0"});
        self.0.ok(&json!({"op": "plan.add", "at": "2026-01-01T07:00:00Z", "args": args}))["plan"].clone()
    }

    fn client(&self) -> Value {
        let add = json!({"op": "client.add", "at": "2026-01-01T07:00:00Z", "args": {"first_name": "Ana"}});
        self.0.ok(&add)["client"].clone()
    }

    fn sell(&self, client: &Value, plan: &Value, at: &str) {
        self.0.ok(&json!({"op": "pass.sell", "at": at, "args": {"client": client, "plan": plan,
            "payments": [{"method": "cash", "amount": {"amount": "10.00", "currency": "EUR"}}]}}));
    }

    fn number(&self, sql: &str) -> Option<i64> {
        self.0.other().query_row(sql, [], |row| row.get(0)).expect("a number")
    }
}

const FORGET: &str = "UPDATE gate SET passes_since = NULL, account = NULL, passes = NULL";

#[test]
fn the_door_decides_the_same_from_the_gate_and_from_the_passes() {
    let club = Desk::new();
    let month = json!({"period": {"count": 1, "unit": "month"}});
    let time = club.plan(&json!({"time": {"validity": month}}), &json!("at_sale"));
    let waits = club.plan(&json!({"time": {"validity": month}}), &json!({"on_first_use": {"latest": null}}));
    let visits = club.plan(&json!({"visits": {"visits": 2, "validity": month}}), &json!("at_sale"));
    let held: [(&[&Value], bool); 6] = [
        (&[], true),
        (&[&time], true),
        (&[&visits, &time, &waits], true),
        (&[&waits], true),
        (&[&visits, &visits, &time], false),
        (&[&time; 9], false),
    ];
    let clients = held.map(|_| club.client());
    for (client, (plans, _)) in clients.iter().zip(held) {
        plans.iter().for_each(|plan| club.sell(client, plan, "2026-01-02T08:00:00Z"));
    }
    // Before the sale, while they last, after their end, and when the door has forgotten them.
    let times =
        ["2026-01-01T12:00:00Z", "2026-01-03T08:00:00Z", "2026-03-01T08:00:00Z", "2027-06-01T08:00:00Z"];
    let decide = |client: &Value, at: &str| {
        club.0.ok(&json!({"op": "access.decide", "at": at, "args": {"client": client}}))
    };
    let all = || clients.iter().map(|c| times.map(|at| decide(c, at))).collect::<Vec<_>>();
    for (client, (_, fits)) in clients.iter().zip(held) {
        let known = club.number(&format!("SELECT passes_since FROM gate WHERE client = {client}"));
        assert_eq!(known.is_some(), fits, "client {client}");
    }
    assert_eq!(club.0.differs(), names(&[]));
    let from_gate = all();
    club.0.sql(FORGET);
    assert_eq!(all(), from_gate);
    assert_eq!(from_gate[1][1]["outcome"], "admitted");
    assert_eq!(from_gate[1][3]["reason"], "no_pass");
}

#[test]
fn passes_of_long_ago_leave_the_gate() {
    let club = Desk::new();
    let day =
        club.plan(&json!({"time": {"validity": {"period": {"count": 1, "unit": "day"}}}}), &json!("at_sale"));
    let client = club.client();
    for month in 1..=9 {
        club.sell(&client, &day, &format!("2026-{month:02}-02T08:00:00Z"));
    }
    let known = || club.number("SELECT length(passes) > 0 FROM gate");
    assert_eq!(known(), None, "nine are too many");
    club.sell(&client, &day, "2027-06-02T08:00:00Z");
    assert_eq!(known(), Some(1), "those of the last 400 days are few enough");
    assert_eq!(club.0.differs(), names(&[]));
}

#[test]
fn the_check_finds_a_gate_that_says_something_else() {
    let club = Desk::new();
    let visits = club.plan(&json!({"visits": {"visits": 2, "validity": null}}), &json!("at_sale"));
    let client = club.client();
    club.sell(&client, &visits, "2026-01-02T08:00:00Z");
    club.0.ok(&json!({"op": "access.enter", "at": "2026-01-03T08:00:00Z", "args": {"client": client}}));
    assert_eq!(club.0.differs(), names(&[]));
    club.0.sql("UPDATE gate SET inside = 0");
    assert_eq!(club.0.differs(), names(&["gate.inside"]));
    club.0.sql("UPDATE gate SET inside = 1");
    for wrong in [FORGET, "UPDATE gate SET account = account + 1", "UPDATE gate SET passes = ''"] {
        club.0.sql(&format!("CREATE TABLE kept AS SELECT passes_since, account, passes FROM gate; {wrong}"));
        assert_eq!(club.0.differs(), names(&["gate.passes"]), "{wrong}");
        club.0.sql("UPDATE gate SET (passes_since, account, passes) = (SELECT * FROM kept); DROP TABLE kept");
    }
    assert_eq!(club.0.differs(), names(&[]));
}
