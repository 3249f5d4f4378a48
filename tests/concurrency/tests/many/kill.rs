//! A program is killed at random moments; what it had answered is there.

use crate::club::{Club, Program, euro, ok, sound};
use carnet::{Engine, Options};
use carnet_fault::Rng;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::time::{Duration, Instant};

const KILLS: u64 = 50;

fn request(club: &Club, client: i64, number: u64) -> Value {
    let (op, args) = match number % 6 {
        0 => ("account.top_up", json!({"client": client, "amount": euro("5.00"), "method": "cash"})),
        1 => ("account.charge", json!({"client": client, "amount": euro("1.10"), "tax": "20"})),
        2 => ("access.enter", json!({"client": client})),
        3 => ("client.add", json!({"first_name": format!("Guest {number}")})),
        4 => {
            let payments = [json!({"method": "cash", "amount": euro("100.00")})];
            ("pass.sell", json!({"client": client, "plan": club.plan, "payments": payments}))
        }
        _ => ("client.change", json!({"client": client, "set": {"notes": format!("Note {number}")}})),
    };
    json!({"op": op, "args": args, "key": format!("key {number}")})
}

/// Every reply of the journal by its key, after a position.
fn replies(engine: &Engine, after: &mut i64, stored: &mut BTreeMap<String, Value>) {
    loop {
        let page = ok(engine, &json!({"op": "journal.export", "args": {"after": *after, "limit": 1000}}));
        for entry in page["entries"].as_array().unwrap() {
            let payload: Value = serde_json::from_str(entry["payload"].as_str().unwrap()).unwrap();
            if let Some(key) = payload["key"].as_str() {
                let twice = stored.insert(key.to_owned(), payload["reply"].clone());
                assert!(twice.is_none(), "{key} was done twice");
            }
        }
        *after = page["last"].as_i64().unwrap();
        if page["more"] == false {
            return;
        }
    }
}

#[test]
fn what_was_answered_survives_the_kill() {
    let begin = Instant::now();
    let club = Club::new();
    let client = club.client();
    club.engine.close().unwrap();
    let mut rng = Rng::new(0x5161);
    let (mut next, mut after, mut unanswered) = (0, 0, 0);
    let (mut answered, mut stored) = (BTreeMap::new(), BTreeMap::new());
    for _ in 0..KILLS {
        let program = Program::start(&club.path, 1);
        let moment = Duration::from_micros(1_000 + rng.below(300_000));
        program.kill_after(moment, |program| {
            // Four requests are on the way at every moment; what stays unanswered is sent again under its key.
            let mut sent = next;
            loop {
                while sent < next + 4 && program.send(&request(&club, client, sent)) {
                    sent += 1;
                }
                let Some((_, answer)) = program.reply() else { break };
                assert!(answer.get("reply").is_some(), "{answer}");
                answered.insert(format!("key {next}"), answer["reply"].clone());
                next += 1;
            }
        });
        let engine = Engine::open(&club.path, Options::default()).unwrap();
        replies(&engine, &mut after, &mut stored);
        for (key, reply) in &answered {
            assert_eq!(stored.get(key), Some(reply), "{key} was answered and is not there");
        }
        unanswered += stored.len() - answered.len();
        sound(&engine);
        engine.close().unwrap();
    }
    println!(
        "{KILLS} kills, {} answers, none lost; {unanswered} times the work was done and the answer not given; {:?}",
        answered.len(),
        begin.elapsed()
    );
    assert!(answered.len() > 200, "killed before anything was done");
}
