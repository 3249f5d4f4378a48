//! What receptionists type, and who must come first: the people and queries of `tests/fixtures`, through the JSON door.

use carnet::{Engine, Options};
use carnet_tests::server;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

const AT: &str = "2026-05-04T10:00:00+03:00";

fn lines(name: &str) -> Vec<Vec<String>> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures").join(name);
    let text = std::fs::read_to_string(path).expect("the fixture");
    let rows = text.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty());
    rows.map(|line| line.split('|').map(|cell| cell.trim().to_owned()).collect()).collect()
}

fn run(engine: &Engine, op: &str, venue: &Value, at: &str, args: Value) -> Value {
    let request = json!({"op": op, "at": at, "venue": venue, "args": args});
    let answer: Value =
        serde_json::from_str(&engine.execute_json(request.to_string().as_bytes())).expect("JSON");
    assert!(answer.get("reply").is_some(), "{request}: {answer}");
    answer["reply"].clone()
}

/// A store with everybody in it: the venue, and the client of each name of the fixture.
fn club(path: PathBuf) -> (Engine, Value, BTreeMap<String, i64>) {
    let engine = Engine::open(path, Options::create().seeded(7)).expect("a new store");
    let venue = json!({"name": "Club", "time_zone": "Europe/Bucharest", "currency": "EUR", "country": "RO"});
    let venue = run(&engine, "venue.add", &Value::Null, AT, venue)["venue"].clone();
    let mut clients = BTreeMap::new();
    for row in lines("search_clients.txt") {
        let [id, first, last, phone, email, card, key] = row.as_slice() else {
            panic!("seven cells: {row:?}")
        };
        let mut args = serde_json::Map::new();
        for (field, value) in [("first_name", first), ("last_name", last), ("phone", phone), ("email", email)]
        {
            if !value.is_empty() {
                args.insert(field.to_owned(), json!(value));
            }
        }
        if !key.is_empty() {
            args.insert("external_ids".to_owned(), json!([{"system": "old", "value": key}]));
        }
        let client =
            run(&engine, "client.add", &venue, AT, Value::Object(args))["client"].as_i64().expect("an id");
        if !card.is_empty() {
            run(&engine, "card.add", &venue, AT, json!({"client": client, "uid": card}));
        }
        clients.insert(id.clone(), client);
    }
    let plan = json!({"kind": {"visits": {"visits": 10}}, "price": {"amount": "1.00", "currency": "EUR"}});
    let plan = run(&engine, "plan.add", &venue, AT, plan)["plan"].clone();
    for (name, at) in [("x1", "2026-05-04T11:00:00+03:00"), ("x3", "2026-05-04T12:00:00+03:00")] {
        let payments = json!([{"method": "cash", "amount": {"amount": "1.00", "currency": "EUR"}}]);
        let sold = run(
            &engine,
            "pass.sell",
            &venue,
            at,
            json!({"client": clients[name], "plan": plan, "payments": payments}),
        );
        run(&engine, "access.enter", &venue, at, json!({"client": clients[name]}));
        for (id, field) in [(&sold["pass"], "pass"), (&json!(clients[name]), "client")] {
            let found = run(&engine, "client.search", &venue, at, json!({"query": id.to_string()}));
            assert_eq!(found["hits"][0]["client"], json!(clients[name]), "{found}");
            assert_eq!(found["hits"][0]["matched"]["field"], field, "{found}");
        }
    }
    run(
        &engine,
        "client.change",
        &venue,
        "2026-05-04T12:00:00+03:00",
        json!({"client": clients["x2"], "set": {"archived": true}}),
    );
    (engine, venue, clients)
}

/// What was typed and did not lead to who was meant.
fn failures(engine: &Engine, venue: &Value, clients: &BTreeMap<String, i64>) -> (usize, Vec<String>) {
    let name = |id: &Value| {
        let found = clients.iter().find(|(_, client)| Some(**client) == id.as_i64());
        found.map_or("-", |(name, _)| name.as_str())
    };
    let (mut count, mut failures) = (0, Vec::new());
    for row in lines("search_queries.txt") {
        let (query, expected) = (&row[0], row[1].as_str());
        assert!(expected == "-" || clients.contains_key(expected), "{row:?}");
        let reply = run(engine, "client.search", venue, "2026-05-04T12:00:00+03:00", json!({"query": query}));
        let first = &reply["hits"][0];
        let matched = &first["matched"];
        let text = |field: &str| matched[field].as_str().unwrap_or("-").to_owned();
        let how = format!("{} {} {}", text("how"), text("spelling"), text("field"));
        let is_right = name(&first["client"]) == expected && row.get(2).is_none_or(|wanted| *wanted == how);
        count += 1;
        if !is_right {
            let hits: Vec<&str> =
                reply["hits"].as_array().into_iter().flatten().map(|hit| name(&hit["client"])).collect();
            failures.push(format!(
                "{query}: {how} {hits:?}, expected {expected} {}",
                row.get(2).map_or("", String::as_str)
            ));
        }
    }
    (count, failures)
}

fn everybody_is_found(path: PathBuf) {
    let (engine, venue, clients) = club(path);
    let (count, failures) = failures(&engine, &venue, &clients);
    println!("{count} queries among {} clients", clients.len());
    assert!(count >= 300);
    assert!(failures.is_empty(), "{} of {count}:\n{}", failures.len(), failures.join("\n"));
}

#[test]
fn who_is_meant_comes_first() {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("search-{}.db", std::process::id()));
    everybody_is_found(path.clone());
    std::fs::remove_file(path).expect("the store can be removed");
}

#[test]
#[ignore = "needs a server: tests/run postgres"]
fn who_is_meant_comes_first_on_a_server() {
    everybody_is_found(server::store("search"));
}
