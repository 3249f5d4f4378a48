//! The corpus through every door, and the index that says which rule each case holds.

use carnet::domain::Instant;
use carnet_tests::door::{DOORS, Opener, Place};
use carnet_tests::index;
use carnet_tests::runner::{Run, run};
use carnet_tests::scenario::{Scenario, folder, load};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Where the stores of this run lie; made anew.
fn stores() -> PathBuf {
    let stores = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("scenarios-{}", std::process::id()));
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
    let stores = stores();
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
