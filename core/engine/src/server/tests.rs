//! What an operation costs on a real server, which `CARNET_TEST_POSTGRES_URL` names: how often it is waited for.

use crate::{Engine, Options};
use serde_json::{Value, json};
use std::time::{Duration, Instant};

/// An engine with one session, so that its exchanges are those of every operation.
fn engine(name: &str) -> Engine {
    let url = std::env::var("CARNET_TEST_POSTGRES_URL").expect("CARNET_TEST_POSTGRES_URL names a server");
    let joint = if url.contains('?') { '&' } else { '?' };
    let url = format!("{url}{joint}options=-c%20search_path%3D{name}_{}", std::process::id());
    Engine::open(url, Options { connections: 1, ..Options::create() }).expect("a new store")
}

/// How often the session of the engine waited for the server so far.
fn exchanges(engine: &Engine) -> u64 {
    let deadline = Instant::now().checked_add(Duration::from_secs(20)).expect("a time");
    let server = engine.server().expect("a server");
    server.with(deadline, |session| Ok(session.connection().exchanges)).expect("a session")
}

fn ok(engine: &Engine, request: &Value) -> Value {
    let answer: Value =
        serde_json::from_str(&engine.execute_json(request.to_string().as_bytes())).expect("JSON");
    assert!(answer.get("reply").is_some(), "{request}: {answer}");
    answer["reply"].clone()
}

fn euro(amount: &str) -> Value {
    json!({"amount": amount, "currency": "EUR"})
}

/// What of this takes more than two exchanges.
fn over_two(engine: &Engine, operations: &[Value]) -> Vec<String> {
    let mut over = Vec::new();
    for operation in operations {
        let before = exchanges(engine);
        ok(engine, operation);
        let taken = exchanges(engine).saturating_sub(before);
        if taken > 2 {
            over.push(format!("{taken} exchanges: {operation}"));
        }
    }
    over
}

/// A venue without anti-passback, a plan of many visits.
fn club(engine: &Engine, grace: u32) -> Value {
    ok(
        engine,
        &json!({"op": "venue.add", "args": {"name": "Club", "time_zone": "Europe/Bucharest", "currency": "EUR",
            "anti_passback": "off", "reentry_grace_minutes": grace}}),
    );
    let plan = json!({"kind": {"visits": {"visits": 100}}, "price": euro("100.00"), "tax": "20"});
    ok(engine, &json!({"op": "plan.add", "args": plan}))["plan"].clone()
}

#[test]
#[ignore = "needs a server: tests/run postgres"]
fn what_is_done_in_a_hurry_is_two_exchanges() {
    let engine = engine("exchanges");
    let plan = club(&engine, 0);
    let client = ok(&engine, &json!({"op": "client.add"}))["client"].clone();
    ok(&engine, &json!({"op": "card.add", "args": {"client": client, "uid": "04A1"}}));
    let sell = |method: &str| {
        let payments = [json!({"method": method, "amount": euro("100.00")})];
        json!({"op": "pass.sell", "args": {"client": client, "plan": plan, "payments": payments}})
    };
    let external = |number: u32| json!([{"system": "crm", "value": number.to_string()}]);
    let mut over = Vec::new();
    // The first rounds prepare the statements and reserve the ids.
    for round in 0..4 {
        let operations = [
            json!({"op": "client.add", "args": {"first_name": "Ana", "phone": "+40721234567"}}),
            json!({"op": "client.add", "args": {"external_ids": external(round)}}),
            json!({"op": "client.change", "args": {"client": client, "set": {"notes": round.to_string()}}}),
            json!({"op": "client.tag", "args": {"client": client, "tag": round.to_string()}}),
            json!({"op": "account.top_up", "args": {"client": client, "amount": euro("150.00"), "method": "cash"}}),
            sell("cash"),
            sell("account"),
            json!({"op": "account.charge", "args": {"client": client, "amount": euro("1.00"), "tax": "20"}}),
            json!({"op": "access.enter", "args": {"client": client}}),
            json!({"op": "access.exit", "args": {"client": client}}),
            json!({"op": "access.enter", "args": {"card": "04a1"}, "key": format!("key {round}")}),
            json!({"op": "access.exit", "args": {"card": "04a1"}}),
            json!({"op": "access.decide", "args": {"client": client}}),
        ];
        let found = over_two(&engine, &operations);
        over.extend(found.into_iter().filter(|_| round > 1));
    }
    assert!(over.is_empty(), "{}", over.join("\n"));
    engine.close().expect("closes");
}

#[test]
#[ignore = "needs a server: tests/run postgres"]
fn who_comes_in_again_takes_two_exchanges_too() {
    let engine = engine("back");
    let plan = club(&engine, 30);
    let client = ok(&engine, &json!({"op": "client.add"}))["client"].clone();
    ok(&engine, &json!({"op": "card.add", "args": {"client": client, "uid": "04A1"}}));
    let payments = [json!({"method": "cash", "amount": euro("100.00")})];
    let sell = json!({"client": client, "plan": plan, "payments": payments});
    ok(&engine, &json!({"op": "pass.sell", "args": sell}));
    let mut over = Vec::new();
    for round in 0..3 {
        for who in [json!({"client": client}), json!({"card": "04a1"})] {
            let enter = json!({"op": "access.enter", "args": who});
            let exit = json!({"op": "access.exit", "args": who});
            // Let in, while inside, and after an exit for nothing.
            let found = over_two(&engine, &[enter.clone(), enter.clone(), exit.clone(), enter, exit]);
            over.extend(found.into_iter().filter(|_| round > 0));
        }
    }
    assert!(over.is_empty(), "{}", over.join("\n"));
}

#[test]
#[ignore = "needs a server: tests/run postgres"]
fn a_key_that_comes_again_is_found_at_the_commit_and_looked_up_once() {
    let engine = engine("again");
    club(&engine, 0);
    let add = json!({"op": "client.add", "args": {"first_name": "Ana"}, "key": "web-17"});
    let first = ok(&engine, &add);
    ok(&engine, &add);
    let before = exchanges(&engine);
    assert_eq!(ok(&engine, &add), first);
    // Decided as new and refused by the constraint, then looked up; both transactions end.
    assert!(exchanges(&engine).saturating_sub(before) <= 5);
}
