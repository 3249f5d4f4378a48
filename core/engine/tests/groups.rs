//! Several operations in one commit: each stands or falls alone, whatever fails and when. A trigger makes an operation
//! fail after it has begun to write, which no request can.

#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "a test that panics fails, as it should"
)]

use carnet::{Engine, Options};
use serde_json::{Value, json};
use std::path::PathBuf;

struct Club {
    engine: Engine,
    _folder: tempfile::TempDir,
}

/// A venue and two clients; 6.66 cannot be posted.
fn club() -> Club {
    let folder = tempfile::tempdir().expect("a folder");
    let path: PathBuf = folder.path().join("club.db");
    let options = Options { node: Some(7), ..Options::create().seeded(1) };
    let engine = Engine::open(&path, options).expect("opens");
    let other = rusqlite::Connection::open(&path).expect("opens");
    other
        .execute_batch(
            "CREATE TRIGGER cursed BEFORE INSERT ON transfer WHEN NEW.amount = 666
            BEGIN SELECT RAISE(ABORT, 'cursed'); END",
        )
        .expect("makes the trigger");
    let club = Club { engine, _folder: folder };
    club.one(&request(
        "venue.add",
        0,
        json!({"name": "Club", "time_zone": "Europe/Bucharest", "currency": "EUR"}),
    ));
    for _ in 0..2 {
        club.one(&request("client.add", 0, json!({})));
    }
    club
}

fn request(op: &str, minute: u32, args: Value) -> Value {
    json!({"op": op, "at": format!("2026-03-01T{:02}:{:02}:00Z", 8 + minute / 60, minute % 60), "args": args})
}

fn euro(amount: &str) -> Value {
    json!({"amount": amount, "currency": "EUR"})
}

const fn id(counter: i64) -> i64 {
    (7 << 40) | counter
}

fn top_up(client: i64, minute: u32, amount: &str) -> Value {
    request("account.top_up", minute, json!({"client": id(client), "amount": euro(amount), "method": "cash"}))
}

fn charge(client: i64, minute: u32, amount: &str) -> Value {
    request("account.charge", minute, json!({"client": id(client), "amount": euro(amount)}))
}

fn is_cursed(answer: &Value) -> bool {
    answer["error"]["reason"] == "already_exists"
}

impl Club {
    fn one(&self, request: &Value) -> Value {
        serde_json::from_str(&self.engine.execute_json(request.to_string().as_bytes())).expect("a reply")
    }

    fn group(&self, requests: &[Value]) -> Vec<Value> {
        let texts: Vec<String> = requests.iter().map(Value::to_string).collect();
        let bytes: Vec<&[u8]> = texts.iter().map(String::as_bytes).collect();
        let replies = self.engine.execute_json_group(&bytes);
        replies.iter().map(|reply| serde_json::from_str(reply).expect("a reply")).collect()
    }

    fn batch(&self, requests: &[Value]) -> Value {
        let text = Value::from(requests).to_string();
        serde_json::from_str(&self.engine.execute_json_batch(text.as_bytes())).expect("a reply")
    }

    /// The whole state, with check and journal sound.
    fn state(&self) -> String {
        for op in ["store.check", "journal.verify"] {
            let found = self.one(&json!({"op": op}));
            assert_eq!(found["reply"]["ok"], true, "{found}");
        }
        self.engine.dump().expect("dumps")
    }
}

#[test]
fn what_fails_while_it_writes_takes_nothing_with_it_and_leaves_nothing() {
    let good = [
        top_up(1, 1, "5.00"),
        // The configuration changes in the transaction, and what follows rests on it.
        request("category.add", 2, json!({"name": "Sauna"})),
        request(
            "service.add",
            2,
            json!({"name": "Hour", "category": id(1), "price": euro("2.00"), "tax": "0"}),
        ),
        request("account.charge", 3, json!({"client": id(1), "service": id(1)})),
        top_up(2, 4, "1.00"),
    ];
    let without = club();
    let expected = without.group(&good);
    assert!(expected.iter().all(|answer| answer["reply"].is_object()), "{expected:?}");
    let state = without.state();
    for place in 0..=good.len() {
        let with = club();
        let mut requests = good.to_vec();
        // Two, so that the second meets what the first left behind.
        requests.insert(place, top_up(2, 4, "6.66"));
        requests.insert(place, top_up(1, 4, "6.66"));
        // The clock would refuse what comes before it, had it moved.
        let mut answers = with.group(&requests);
        let failed: Vec<Value> = answers.drain(place..place + 2).collect();
        assert!(failed.iter().all(is_cursed), "{failed:?}");
        assert_eq!(answers, expected, "behind {place}");
        assert_eq!(with.state(), state, "behind {place}");
    }
}

#[test]
fn the_clock_of_what_failed_did_not_move() {
    let club = club();
    let mut late = top_up(1, 30, "6.66");
    let answers = club.group(&[top_up(1, 1, "5.00"), late.clone(), top_up(1, 2, "5.00")]);
    assert!(is_cursed(&answers[1]) && answers[2]["reply"].is_object(), "{answers:?}");
    // A batch that fails moves it for nobody, nor in the group that shares its transaction.
    late["args"]["amount"] = euro("1.00");
    let failed = club.batch(&[late.clone(), top_up(1, 31, "6.66")]);
    assert_eq!(failed["index"], 1, "{failed}");
    assert!(club.one(&top_up(1, 3, "1.00"))["reply"].is_object());
    // What was done moved it: an hour behind is refused within a group too.
    let answers = club.group(&[late, top_up(1, 4, "1.00")]);
    assert_eq!(answers[1]["error"]["reason"], "clock", "{answers:?}");
    assert_eq!(answers[1]["error"]["details"]["high_water"], "2026-03-01T08:30:00.000000Z");
    club.state();
}

#[test]
fn a_day_opened_and_closed_in_a_group_is_seen_there() {
    let club = club();
    let day = |op: &str, minute: u32| request(op, minute, json!({}));
    let answers = club.group(&[
        top_up(1, 1, "5.00"),
        day("day.open", 2),
        day("day.open", 3),
        top_up(1, 4, "6.66"),
        day("day.close", 5),
        day("day.close", 6),
        charge(1, 7, "1.00"),
    ]);
    let reasons: Vec<&str> =
        answers.iter().map(|answer| answer["error"]["reason"].as_str().unwrap_or("done")).collect();
    let expected = ["done", "done", "day_open", "already_exists", "done", "day_not_open", "done"];
    assert_eq!(reasons, expected, "{answers:?}");
    club.state();
}

#[test]
fn a_batch_that_fails_leaves_nothing_wherever_it_fails() {
    let state = club().state();
    for failing in [top_up(1, 3, "6.66"), charge(1, 3, "900.00"), top_up(9, 3, "1.00")] {
        for place in 0..3 {
            let club = club();
            let mut requests = vec![top_up(1, 1, "5.00"), top_up(2, 2, "1.00")];
            requests.insert(place, failing.clone());
            let answer = club.batch(&requests);
            assert_eq!((&answer["index"], answer["error"].is_object()), (&json!(place), true), "{answer}");
            assert_eq!(club.state(), state, "{failing} at {place}");
            // What comes after it gets the ids that it did not use up.
            let after = club.one(&top_up(1, 4, "1.00"));
            assert_eq!(after["reply"]["group"], id(1), "{after}");
        }
    }
}

#[test]
fn a_refusal_or_dry_run_in_a_group_uses_up_no_ids() {
    let without = club();
    without.group(&[top_up(1, 1, "5.00"), top_up(2, 2, "1.00")]);
    let state = without.state();
    let dry = |mut request: Value| {
        request["dry_run"] = json!(true);
        request
    };
    for unwritten in [dry(top_up(1, 1, "9.00")), charge(1, 1, "900.00")] {
        for place in 0..3 {
            let with = club();
            let mut requests = vec![top_up(1, 1, "5.00"), top_up(2, 2, "1.00")];
            requests.insert(place, unwritten.clone());
            with.group(&requests);
            assert_eq!(with.state(), state, "{unwritten} at {place}");
        }
    }
}

#[test]
fn a_key_is_found_again_in_its_own_group() {
    let club = club();
    let keyed = |mut request: Value, key: &str| {
        request["key"] = json!(key);
        request
    };
    let first = keyed(top_up(1, 1, "5.00"), "a");
    let answers = club.group(&[
        first.clone(),
        top_up(2, 2, "6.66"),
        first.clone(),
        keyed(top_up(1, 3, "6.00"), "a"),
        keyed(top_up(1, 3, "6.66"), "b"),
        // A failed operation does not use up its key.
        keyed(top_up(1, 3, "7.00"), "b"),
    ]);
    assert_eq!(answers[0]["reply"], answers[2]["reply"]);
    assert_eq!((&answers[0]["replayed"], &answers[2]["replayed"]), (&Value::Null, &json!(true)));
    assert_eq!(answers[3]["error"]["reason"], "key_reused", "{answers:?}");
    assert!(is_cursed(&answers[4]), "{answers:?}");
    assert_eq!(answers[5]["reply"]["balance"]["amount"], "12.00", "{answers:?}");
    club.state();
}

#[test]
fn the_limit_of_a_batch_and_a_group_is_kept_to_the_request() {
    let club = club();
    let most = carnet::limits::BATCH;
    let many = |count: usize| vec![request("client.add", 1, json!({})); count];
    let over = club.batch(&many(most + 1));
    let error = &over["error"];
    let said = (&error["code"], &error["reason"], &error["field"], &error["details"]["max_requests"]);
    assert_eq!(said, (&json!("invalid_input"), &json!("too_large"), &Value::Null, &json!(most.to_string())));
    assert_eq!(over["index"], Value::Null, "the batch is too long, not a request of it: {over}");
    let over = club.group(&many(most + 1));
    assert_eq!(over.len(), most + 1);
    assert!(over.iter().all(|answer| answer["error"] == *error), "each caller is told");
    let full = club.batch(&many(most));
    assert_eq!(full["replies"].as_array().map(Vec::len), Some(most), "{}", full["error"]);
    assert!(club.group(&many(most)).iter().all(|answer| answer["reply"].is_object()));
    // Two clients were there before; nothing of what was too long was done.
    assert_eq!(club.one(&request("client.add", 2, json!({})))["reply"]["client"], id(3 + 2 * 1000));
}
