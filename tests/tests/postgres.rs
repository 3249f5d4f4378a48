//! The corpus on a PostgreSQL server: the same replies as on a file, and the same state.

use carnet::domain::Instant;
use carnet::{Engine, Options};
use carnet_tests::door::{DOORS, Opener, Place, open};
use carnet_tests::runner::{Run, run};
use carnet_tests::scenario::{Scenario, folder, load};
use carnet_tests::server;
use std::path::{Path, PathBuf};

/// Where the files of this run lie; made anew.
fn files(name: &str) -> PathBuf {
    let files = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}-{}", std::process::id()));
    std::fs::create_dir_all(&files).expect("a folder for the files");
    files
}

fn place(scenario: &Scenario, file: PathBuf) -> Place {
    let clock = scenario.clock.as_deref().map(|clock| clock.parse::<Instant>().expect("an instant"));
    Place { file, clock }
}

fn through(scenario: &Scenario, door: (&str, Opener), place: &Place) -> Result<Run, String> {
    match (door.1)(place)? {
        Some(mut open) => run(scenario, open.as_mut(), door.0 == "json"),
        None => Ok(Run { skipped: Some("is not here".to_owned()), ..Run::default() }),
    }
}

/// The first line in which two dumps differ.
fn difference(one: &Engine, other: &Engine) -> Option<String> {
    let (one, other) = (one.dump().expect("a dump"), other.dump().expect("a dump"));
    let differs = one.lines().zip(other.lines()).find(|(one, other)| one != other);
    differs.map(|pair| format!("{pair:?}")).or_else(|| (one != other).then(|| "one is longer".to_owned()))
}

#[test]
#[ignore = "needs a server: tests/run postgres"]
fn every_scenario_holds_on_a_server_as_on_a_file() {
    let files = files("postgres");
    let only = std::env::var("SCENARIO").ok();
    let scenarios = load(&folder()).expect("the corpus is well-formed");
    let mut failures = Vec::new();
    let mut ran = 0;
    let wanted = scenarios.iter().filter(|one| only.as_ref().is_none_or(|id| one.id.contains(id)));
    for (number, scenario) in wanted.enumerate() {
        let file = place(scenario, files.join(format!("{}.db", scenario.id)));
        let expected = through(scenario, DOORS[0], &file).expect("runs on a file");
        // Every scenario through the first door, every third through the others: what they share is the same code.
        let doors = if number % 3 == 0 || only.is_some() { DOORS.len() } else { 1 };
        for door in DOORS.iter().take(doors) {
            let told = |what: &str| format!("{} through {} on a server: {what}", scenario.id, door.0);
            let there = place(scenario, server::store(&format!("corpus_{}_{}", scenario.id, door.0)));
            let found = through(scenario, *door, &there)
                .unwrap_or_else(|broken| Run { failures: vec![broken], ..Run::default() });
            failures.extend(found.failures.iter().map(|what| told(what)));
            if found.skipped.is_some() {
                continue;
            }
            ran += 1;
            let other = expected.replies.iter().zip(&found.replies).find(|(one, other)| one != other);
            if let Some((one, other)) = other {
                failures.push(told(&format!("the stores answer differently:\n  {one}\n  {other}")));
            }
            let (one, other) = (open(&file).expect("the file"), open(&there).expect("the store"));
            failures.extend(difference(&one, &other).map(|what| told(&format!("the dumps differ: {what}"))));
        }
    }
    println!("{ran} runs on a server");
    std::fs::remove_dir_all(&files).expect("the files can be removed");
    assert!(ran > 0, "nothing ran");
    assert!(failures.is_empty(), "{} failures\n{}", failures.len(), failures.join("\n"));
}

#[test]
#[ignore = "needs a server: tests/run postgres"]
fn a_store_moves_between_a_server_and_a_file() {
    let files = files("moves");
    let scenarios = load(&folder()).expect("the corpus is well-formed");
    for scenario in scenarios.iter().filter(|scenario| scenario.clock.is_none()).take(20) {
        let there = place(scenario, server::store(&format!("moves_{}", scenario.id)));
        through(scenario, DOORS[0], &there).expect("runs");
        let first = open(&there).expect("the store");
        let copy = files.join(format!("{}.db", scenario.id));
        first.backup(&copy).expect("is copied into a file");
        let back = server::store(&format!("back_{}", scenario.id));
        Engine::restore(&copy, &back).expect("is made from the file");
        let copy = Engine::open(&copy, Options::default()).expect("a store");
        let back = Engine::open(&back, Options::default()).expect("a store");
        assert_eq!(difference(&first, &copy), None, "{} in a file", scenario.id);
        assert_eq!(difference(&first, &back), None, "{} back on the server", scenario.id);
    }
    std::fs::remove_dir_all(&files).expect("the files can be removed");
}
