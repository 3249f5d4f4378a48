//! The quote, the decision and the door agree, whatever was sold and used before.

#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "a test that panics fails, as it should"
)]

use carnet::{Engine, Options};
use serde_json::{Value, json};

struct Club {
    engine: Engine,
    _folder: tempfile::TempDir,
}

impl Club {
    fn ask(&self, op: &str, at: &str, args: &Value) -> Value {
        let request = json!({"op": op, "at": at, "args": args});
        let reply = self.engine.execute_json(request.to_string().as_bytes());
        serde_json::from_str(&reply).expect("a reply")
    }

    fn ok(&self, op: &str, at: &str, args: &Value) -> Value {
        let reply = self.ask(op, at, args);
        assert!(reply.get("reply").is_some(), "{op} {args} -> {reply}");
        reply["reply"].clone()
    }
}

/// Numbers that look random and are the same in every run.
struct Draw(u64);

impl Draw {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33).checked_rem(bound).unwrap_or(0)
    }
}

fn money(minor: u64) -> Value {
    json!({"amount": format!("{}.00", minor), "currency": "EUR"})
}

fn plan(draw: &mut Draw) -> Value {
    let month = json!({"period": {"count": 1, "unit": "month"}});
    let kind = match draw.below(3) {
        0 => json!({"time": {"validity": month}}),
        1 => json!({"visits": {"visits": draw.below(3) + 1}}),
        _ => json!({"credit": {"credit": money(draw.below(20) + 5), "validity": month}}),
    };
    let usage = match draw.below(5) {
        0 => json!({"per_day": 2}),
        1 => json!({"gap_minutes": 90}),
        2 => json!({"hours": [{"from": "08:00", "until": "15:00"}]}),
        3 => json!({"in_all": 3, "min_age": 30}),
        _ => json!({}),
    };
    let start = if draw.below(4) == 0 { json!({"on_first_use": {}}) } else { json!("at_sale") };
    let priority = i64::try_from(draw.below(3)).expect("small") - 1;
    json!({"name": "Plan", "kind": kind, "usage": usage, "start": start, "priority": priority, "price": money(10)})
}

#[test]
fn the_door_does_what_was_quoted() {
    let folder = tempfile::tempdir().expect("a folder");
    let engine = Engine::open(folder.path().join("club.db"), Options::create().seeded(1)).expect("opens");
    let club = Club { engine, _folder: folder };
    let start = "2026-05-04T05:00:00Z";
    club.ok("venue.add", start, &json!({"name": "Club", "time_zone": "Europe/Bucharest", "currency": "EUR"}));
    let pool = club.ok("service.add", start, &json!({"name": "Pool", "price": money(4)}))["service"].clone();
    let (mut draw, mut entered, mut refused, mut used) = (Draw(1), 0, 0, 0);
    let births = ["1990-01-01", "2010-01-01"].iter().cycle().take(12);
    let clients: Vec<Value> = births
        .map(|birth| {
            let args = json!({"first_name": "Ana", "birth_date": birth});
            let client = club.ok("client.add", start, &args)["client"].clone();
            for _ in 0..=draw.below(4) {
                let plan = club.ok("plan.add", start, &plan(&mut draw))["plan"].clone();
                let payments = json!([{"method": "cash", "amount": money(10)}]);
                club.ok("pass.sell", start, &json!({"client": client, "plan": plan, "payments": payments}));
            }
            client
        })
        .collect();
    for (index, client) in (0_u64..).zip(&clients) {
        for step in 0..24_u64 {
            let hours = step * 2 + 1;
            let at = format!("2026-05-{:02}T{:02}:30:00Z", 5 + index * 2 + hours / 24, hours % 24);
            let args = json!({"client": client, "service": pool});
            let quote = club.ok("pass.quote", &at, &args)["quote"].clone();
            let decision = club.ok("access.decide", &at, &args);
            assert_eq!(decision["payer"], quote["pays"].get(0).cloned().unwrap_or(Value::Null), "{at}");
            if draw.below(3) == 0 {
                let reply = club.ask("pass.use", &at, &args);
                assert_eq!(reply["reply"]["payer"], decision["payer"], "{reply}");
                assert_eq!(reply["error"]["details"]["why"], decision["reason"], "{reply}");
                used += 1;
            } else {
                let done = club.ok("access.enter", &at, &args);
                assert_eq!(done["decision"], decision, "the door decides what was answered");
                *(if decision["outcome"] == "admitted" { &mut entered } else { &mut refused }) += 1;
            }
        }
    }
    assert!(entered > 30 && refused > 30 && used > 30, "{entered} {refused} {used}");
    assert_eq!(club.ok("store.check", "2026-06-05T05:00:00Z", &json!({}))["ok"], true);
}
