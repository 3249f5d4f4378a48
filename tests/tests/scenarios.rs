//! The corpus through every door, and the index that says which rule each case holds.

use carnet::domain::Instant;
use carnet::ops::journal::{JournalEntry, JournalExport};
use carnet::{Call, Engine};
use carnet_tests::door::{DOORS, Opener, Place, open};
use carnet_tests::index;
use carnet_tests::runner::{Run, run};
use carnet_tests::scenario::{Scenario, folder, load};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Where the stores of this run lie; made anew.
fn stores(name: &str) -> PathBuf {
    let stores = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}-{}", std::process::id()));
    std::fs::create_dir_all(&stores).expect("a folder for the stores");
    stores
}

fn through(scenario: &Scenario, door: (&str, Opener), stores: &Path) -> Result<Run, String> {
    let (name, open) = door;
    let clock = scenario.clock.as_deref().map(str::parse::<Instant>).transpose();
    let clock = clock.map_err(|error| error.to_string())?;
    let place = Place { file: stores.join(format!("{}-{name}.db", scenario.id)), clock };
    match open(&place)? {
        Some(mut door) => run(scenario, door.as_mut(), name == "json"),
        None => Ok(Run { skipped: Some("is not here".to_owned()), ..Run::default() }),
    }
}

#[test]
fn every_scenario_holds_through_every_door() {
    let stores = stores("scenarios");
    let only = std::env::var("SCENARIO").ok();
    let scenarios = load(&folder()).expect("the corpus is well-formed");
    let mut failures = Vec::new();
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for scenario in scenarios.iter().filter(|one| only.as_ref().is_none_or(|id| one.id.contains(id))) {
        let mut first: Option<Vec<String>> = None;
        for door in DOORS {
            let run = through(scenario, *door, &stores)
                .unwrap_or_else(|broken| Run { failures: vec![broken], ..Run::default() });
            let told = |what: &str| format!("{} through {}: {what}", scenario.id, door.0);
            failures.extend(run.failures.iter().map(|what| told(what)));
            if let Some(why) = run.skipped {
                *counts.entry(format!("{} {why}", door.0)).or_default() += 1;
                continue;
            }
            *counts.entry(format!("{} ran", door.0)).or_default() += 1;
            let expected = first.get_or_insert_with(|| run.replies.clone());
            let other = expected.iter().zip(&run.replies).find(|(one, other)| one != other);
            if let Some((one, other)) = other {
                failures.push(told(&format!("the doors differ:\n  {one}\n  {other}")));
            }
        }
    }
    println!("{} scenarios: {counts:?}", scenarios.len());
    std::fs::remove_dir_all(&stores).expect("the stores can be removed");
    assert!(counts.contains_key("json ran"), "no scenario ran");
    assert!(failures.is_empty(), "{} failures\n{}", failures.len(), failures.join("\n"));
}

/// The journal of a store, page by page.
fn journal(engine: &Engine) -> Vec<JournalEntry> {
    let mut entries = Vec::new();
    loop {
        let request = JournalExport {
            after: entries.last().map_or(0, |last: &JournalEntry| last.position),
            limit: Some(7),
        };
        let page = engine.journal_export(&Call::default(), request).expect("a page");
        entries.extend(page.entries);
        if !page.more {
            return entries;
        }
    }
}

#[test]
fn every_scenario_replays_to_the_same_state() {
    let stores = stores("replay");
    let mut failures = Vec::new();
    let scenarios = load(&folder()).expect("the corpus is well-formed");
    for scenario in &scenarios {
        through(scenario, DOORS[0], &stores).expect("runs");
        let clock = scenario.clock.as_deref().map(|clock| clock.parse().expect("an instant"));
        let place = |name: &str| Place { file: stores.join(format!("{}-{name}.db", scenario.id)), clock };
        let first = open(&place(DOORS[0].0)).expect("the store that the scenario made");
        let second = open(&place("replayed")).expect("a new store");
        let entries = journal(&first);
        assert!(!entries.is_empty(), "{} wrote nothing", scenario.id);
        let outcome = second.replay(&entries).map_err(|error| error.to_string());
        let same = outcome.and_then(|()| match (first.dump(), second.dump()) {
            (Ok(one), Ok(other)) if one == other => Ok(()),
            (Ok(one), Ok(other)) => {
                let differs = one.lines().zip(other.lines()).find(|(one, other)| one != other);
                Err(format!("the dumps differ: {differs:?}"))
            }
            (one, other) => Err(format!("{:?} {:?}", one.err(), other.err())),
        });
        failures.extend(same.err().map(|what| format!("{}: {what}", scenario.id)));
    }
    std::fs::remove_dir_all(&stores).expect("the stores can be removed");
    assert!(failures.is_empty(), "{} failures\n{}", failures.len(), failures.join("\n"));
}

#[test]
fn a_read_in_a_group_sees_what_was_committed_before_it() {
    let stores = stores("group");
    let engine = open(&Place { file: stores.join("group.db"), clock: None }).expect("a new store");
    let requests: [&[u8]; 3] = [
        br#"{"op":"operator.add","args":{"name":"Ann"},"at":"2026-05-04T07:00:00Z"}"#,
        br#"{"op":"operator.list"}"#,
        br#"{"op":"operator.add","args":{"name":""},"at":"2026-05-04T07:00:00Z"}"#,
    ];
    let replies = engine.execute_json_group(&requests);
    let operators = |reply: &str| {
        let reply: serde_json::Value = serde_json::from_str(reply).expect("a reply");
        reply["reply"]["operators"].as_array().map(Vec::len)
    };
    assert_eq!((replies.len(), operators(&replies[1])), (3, Some(0)));
    assert!(replies[2].contains(r#""reason":"empty""#), "each has its own outcome: {}", replies[2]);
    assert_eq!(operators(&engine.execute_json(requests[1])), Some(1));
    drop(engine);
    std::fs::remove_dir_all(&stores).expect("the stores can be removed");
}

#[test]
fn the_index_names_every_rule_and_every_scenario() {
    let text = std::fs::read_to_string(folder().join("INDEX")).expect("the index");
    let lines = index::read(&text).expect("the index is well-formed");
    let scenarios: Vec<String> = load(&folder()).expect("the corpus").into_iter().map(|one| one.id).collect();
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let sources = index::sources(&[&root.join("../core"), root]).expect("the sources");
    let faults = index::faults(&lines, &scenarios, &sources);
    let later = lines.iter().filter(|line| line.later).count();
    println!("{} sentences, {later} of them later; {} scenarios", lines.len(), scenarios.len());
    assert!(!lines.is_empty() && faults.is_empty(), "{}", faults.join("\n"));
}
