//! Closing under load, and deadlines.

use crate::club::{Club, euro, run, sound};
use carnet::{Engine, Options};
use serde_json::{Value, json};
use std::sync::mpsc::channel;
use std::time::{Duration, Instant};

/// Runs `f` on a thread of its own; an hour would be too long to see that it hangs.
fn within(time: Duration, f: impl FnOnce() + Send + 'static) {
    let (done, wait) = channel();
    let thread = std::thread::spawn(move || {
        f();
        // Nobody waits any more if it took too long.
        done.send(()).unwrap_or_default();
    });
    let ended = wait.recv_timeout(time);
    assert!(ended != Err(std::sync::mpsc::RecvTimeoutError::Timeout), "it hangs");
    assert!(thread.join().is_ok());
}

/// Calls until the engine is closed; how often it worked.
fn until_closed(engine: &Engine, request: &Value) -> i64 {
    for done in 0.. {
        let answer = run(engine, request);
        match answer["error"]["reason"].as_str() {
            None => {}
            Some("closed") => return done,
            Some(_) => panic!("{answer}"),
        }
    }
    i64::MAX
}

#[test]
fn a_call_works_or_finds_the_engine_closed() {
    within(Duration::from_secs(60), || {
        let mut answered = 0;
        for round in 0..20 {
            let club = Club::new();
            let client = club.client();
            let top_up = json!({"op": "account.top_up",
                "args": {"client": client, "amount": euro("1.00"), "method": "cash"}});
            let get = json!({"op": "client.get", "args": {"client": client}});
            let done: i64 = std::thread::scope(|scope| {
                let (club, top_up, get) = (&club, &top_up, &get);
                let writers: Vec<_> =
                    (0..6).map(|_| scope.spawn(move || until_closed(&club.engine, top_up))).collect();
                let readers: Vec<_> =
                    (0..2).map(|_| scope.spawn(move || until_closed(&club.engine, get))).collect();
                std::thread::sleep(Duration::from_millis(5 + round));
                club.engine.close().unwrap();
                for reader in readers {
                    reader.join().unwrap();
                }
                writers.into_iter().map(|writer| writer.join().unwrap()).sum()
            });
            club.engine.close().unwrap();
            let engine = Engine::open(&club.path, Options::default()).unwrap();
            // The venue, the plan and the client came before.
            assert_eq!(sound(&engine), done + 3);
            answered += done;
        }
        println!("{answered} answered top-ups in 20 closings");
        assert!(answered > 20, "the engine was closed before anybody came");
    });
}

#[test]
fn a_deadline_is_kept_while_another_program_writes() {
    within(Duration::from_secs(60), || {
        let club = Club::new();
        let client = club.client();
        let change = |deadline: i64| {
            json!({"op": "client.change", "deadline_ms": deadline,
                "args": {"client": client, "set": {"first_name": "Ana"}}})
        };
        let other = rusqlite::Connection::open(&club.path).unwrap();
        other.execute_batch("BEGIN IMMEDIATE").unwrap();
        std::thread::scope(|scope| {
            // Nobody's deadline is another's: the patient one neither holds the others up nor fails with them.
            let patient = scope.spawn(|| run(&club.engine, &change(20_000)));
            std::thread::sleep(Duration::from_millis(20));
            let hasty = |_| {
                scope.spawn(|| {
                    let start = Instant::now();
                    let answer = run(&club.engine, &change(1));
                    assert_eq!(answer["error"]["reason"], "busy", "{answer}");
                    start.elapsed()
                })
            };
            let hasty: Vec<_> = (0..8).map(hasty).collect();
            let longest = hasty.into_iter().map(|thread| thread.join().unwrap()).max().unwrap();
            println!("a deadline of 1 ms, given up after {longest:?} at most");
            assert!(longest < Duration::from_millis(500), "{longest:?}");
            assert!(!patient.is_finished());
            other.execute_batch("ROLLBACK").unwrap();
            let answer = patient.join().unwrap();
            assert_eq!(answer["reply"]["version"], 2, "{answer}");
        });
        sound(&club.engine);
    });
}

#[test]
fn the_haste_of_one_does_not_fail_another() {
    within(Duration::from_secs(60), || {
        let club = Club::new();
        let client = club.client();
        let change = |deadline: i64| {
            json!({"op": "client.change", "deadline_ms": deadline,
                "args": {"client": client, "set": {"first_name": "Ana"}}})
        };
        let other = rusqlite::Connection::open(&club.path).unwrap();
        other.execute_batch("BEGIN IMMEDIATE").unwrap();
        std::thread::scope(|scope| {
            let hasty = scope.spawn(|| run(&club.engine, &change(300)));
            std::thread::sleep(Duration::from_millis(50));
            let patient: Vec<_> =
                (0..4).map(|_| scope.spawn(|| run(&club.engine, &change(20_000)))).collect();
            assert_eq!(hasty.join().unwrap()["error"]["reason"], "busy");
            other.execute_batch("ROLLBACK").unwrap();
            for answer in patient.into_iter().map(|thread| thread.join().unwrap()) {
                assert!(answer.get("reply").is_some(), "{answer}");
            }
        });
        sound(&club.engine);
    });
}
