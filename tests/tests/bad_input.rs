//! Bad input made from the table: every field of every operation, spoiled in every way.

use carnet::Engine;
use carnet_tests::bad_input::{Case, Operation, Outcome, cases, dry_request, envelope_cases};
use carnet_tests::door::{Door, Place, open};
use carnet_tests::matching::Saved;
use carnet_tests::runner;
use carnet_tests::scenario::{folder, setup};
use carnet_tests::server;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// An id of the node that no store of the tests has.
const STRANGER: i64 = (8_191 << 40) | 99;

struct Club {
    engine: Engine,
    saved: Saved,
}

/// The engine behind the door that the setup is run through.
struct Through<'e>(&'e Engine);

impl Door for Through<'_> {
    fn execute(&mut self, request: &str) -> Result<String, String> {
        Ok(self.0.execute_json(request.as_bytes()))
    }
    fn execute_batch(&mut self, _requests: &str) -> Option<Result<String, String>> {
        None
    }
}

/// Where a new store lies.
type Store = fn(&str) -> PathBuf;

fn file(name: &str) -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}-{}.db", std::process::id()))
}

/// A club in a new store.
fn club(name: &str, store: Store) -> Club {
    let file = store(name);
    let engine = open(&Place { file, clock: None }).expect("a new store");
    let steps = setup(&folder(), "bad_input").expect("the setup");
    let run = runner::run(&steps, &mut Through(&engine), false).expect("the setup runs");
    assert!(run.failures.is_empty(), "{}", run.failures.join("\n"));
    Club { engine, saved: run.saved }
}

fn operations() -> Vec<Operation> {
    carnet_tests::bad_input::table()
}

/// `valid.json` with its references into the club resolved.
fn examples(saved: &Saved) -> BTreeMap<String, Vec<Value>> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("bad_input/valid.json");
    let text = std::fs::read_to_string(file).expect("valid.json");
    let rows: Value = serde_json::from_str(&text).expect("well-formed");
    serde_json::from_value(saved.resolve(&rows).expect("references")).expect("lists of arguments")
}

fn answer(engine: &Engine, request: &[u8]) -> Value {
    let reply = engine.execute_json(request);
    serde_json::from_str(&reply).unwrap_or_else(|error| panic!("{error}: {reply}"))
}

/// What is wrong with the reply to a case, if anything.
fn fault(engine: &Engine, case: &Case) -> Option<String> {
    let found = answer(engine, &case.request);
    let text = match &case.outcome {
        Outcome::Like(other) => {
            let expected = answer(engine, other);
            if found == expected { return None } else { format!("expected {expected}") }
        }
        Outcome::Allowed { never, field } => {
            let error = &found["error"];
            let wrong = error["code"] == "internal" || error["reason"] == *never && error["field"] == **field;
            if wrong { format!("expected anything but {never} at {field}") } else { return None }
        }
        Outcome::Refused { reason, field } => {
            let error = &found["error"];
            let code = if reason.ends_with("_not_found") { "not_found" } else { "invalid_input" };
            let same = error["code"] == code
                && error["reason"] == *reason
                && error["field"].as_str() == field.as_deref();
            if same {
                return None;
            } else {
                format!("expected {reason} at {}", field.as_deref().unwrap_or("-"))
            }
        }
    };
    Some(format!("{}: {text}, found {found}", case.what))
}

/// Runs the cases; nothing of the store may change.
fn hold(club: &Club, cases: &[Case]) {
    let before = club.engine.dump().expect("a dump");
    assert!(before.len() > 100, "the dump of a club with members is not empty");
    let mut kinds: BTreeMap<&str, usize> = BTreeMap::new();
    for case in cases {
        let kind = match &case.outcome {
            Outcome::Refused { reason, .. } => reason,
            Outcome::Like(_) => "as if absent",
            Outcome::Allowed { .. } => "allowed",
        };
        *kinds.entry(kind).or_default() += 1;
    }
    let faults: Vec<String> = cases.iter().filter_map(|case| fault(&club.engine, case)).collect();
    println!("{} cases: {kinds:?}", cases.len());
    let after = club.engine.dump().expect("a dump");
    assert!(faults.is_empty(), "{} of {} cases\n{}", faults.len(), cases.len(), faults.join("\n"));
    assert!(before == after, "bad requests changed the store");
}

fn every_example_is_valid(store: Store) {
    let club = club("examples", store);
    let examples = examples(&club.saved);
    let mut faults = cases(&operations(), &examples).holes;
    for (op, rows) in &examples {
        for args in rows {
            let found = answer(&club.engine, &dry_request(op, args));
            // With no day open there is none to close, whatever the arguments.
            let no_day = op == "day.close" && found["error"]["reason"] == "day_not_open";
            // The examples name no operator, and nobody else may open a chart.
            let nobody = op == "client.chart_open" && found["error"]["field"] == "by";
            if found.get("error").is_some() && !no_day && !nobody {
                faults.push(format!("{op} {args}: {found}"));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

fn bad_arguments(store: Store) {
    let club = club("arguments", store);
    let made = cases(&operations(), &examples(&club.saved));
    let ops: BTreeSet<&str> = made.cases.iter().filter_map(|case| case.what.split(' ').next()).collect();
    assert_eq!(ops.len(), operations().len(), "every operation has cases");
    hold(&club, &made.cases);
}

fn bad_envelopes(store: Store) {
    let club = club("envelopes", store);
    let venue = club.saved.resolve(&Value::from("$venue.venue")).expect("a venue");
    hold(&club, &envelope_cases(venue.as_i64().expect("an id"), STRANGER));
}

#[test]
fn every_example_is_valid_and_none_is_missing() {
    every_example_is_valid(file);
}

#[test]
fn bad_arguments_are_refused_with_their_field() {
    bad_arguments(file);
}

#[test]
fn bad_envelopes_are_refused_with_their_member() {
    bad_envelopes(file);
}

/// The same on a server, which sees nothing of what is refused.
#[test]
#[ignore = "needs a server: tests/run postgres"]
fn every_example_is_valid_on_a_server() {
    every_example_is_valid(server::store);
}

#[test]
#[ignore = "needs a server: tests/run postgres"]
fn bad_arguments_are_refused_on_a_server() {
    bad_arguments(server::store);
}

#[test]
#[ignore = "needs a server: tests/run postgres"]
fn bad_envelopes_are_refused_on_a_server() {
    bad_envelopes(server::store);
}
