//! The feed beside writers: every position once, in order, none left out.

use crate::club::{Club, Psql, charge, entries, ok, reason, run, sound, top_up, until};
use carnet::{Engine, Options, Reason};
use serde_json::{Value, json};
use std::sync::Barrier;
use std::time::{Duration, Instant};

const WRITERS: usize = 16;
const EACH: usize = 40;

#[test]
#[ignore = "needs a server: tests/run postgres"]
fn a_reader_sees_every_position_once_and_in_order() {
    let club = Club::new("feed");
    let (other, reader) = (club.engine(), club.engine());
    let clients: Vec<i64> = (0..WRITERS).map(|_| club.client()).collect();
    let all = i64::try_from(2 + WRITERS + WRITERS * EACH * 2).unwrap();
    let barrier = Barrier::new(WRITERS + 1);
    std::thread::scope(|scope| {
        for (index, client) in clients.iter().enumerate() {
            let engine = if index % 2 == 0 { &club.engine } else { &other };
            let barrier = &barrier;
            scope.spawn(move || {
                barrier.wait();
                for _ in 0..EACH {
                    ok(engine, &top_up(*client, "2.00"));
                    ok(engine, &charge(*client, "1.00"));
                }
            });
        }
        barrier.wait();
        let (mut last, mut pages) = (0, 0);
        until("the last entry", || {
            let since = json!({"op": "changes.since", "args": {"after": last, "limit": 50}});
            let page = ok(&reader, &since);
            for entry in page["entries"].as_array().unwrap() {
                last += 1;
                assert_eq!(entry["position"], last, "after {pages} pages");
            }
            assert_eq!(page["last"], last);
            pages += 1;
            last >= all
        });
        assert_eq!(last, all);
    });
    let after = ok(&reader, &json!({"op": "changes.since", "args": {"after": all}}));
    assert_eq!(after["entries"], json!([]));
    sound(&club.engine);
}

#[test]
#[ignore = "needs a server: tests/run postgres"]
fn who_waits_for_the_feed_is_woken_by_another_engine() {
    let club = Club::new("listens");
    let client = club.client();
    let reader = club.engine();
    // Venue, plan, client. Another test's transaction may keep the last one back for a moment.
    let tip = 3;
    entries(&reader, 3);
    assert_eq!(reader.wait_for_changes(tip - 1, Duration::ZERO), Ok(true));
    assert_eq!(reader.wait_for_changes(tip, Duration::from_millis(50)), Ok(false));
    let begun = Instant::now();
    std::thread::scope(|scope| {
        let waits = scope.spawn(|| reader.wait_for_changes(tip, Duration::from_secs(20)));
        ok(&club.engine, &top_up(client, "2.00"));
        assert_eq!(waits.join().expect("ends"), Ok(true));
    });
    // Without the notification it would have waited for all of its time.
    assert!(begun.elapsed() < Duration::from_secs(15), "{:?}", begun.elapsed());
    entries(&reader, 4);
}

#[test]
#[ignore = "needs a server: tests/run postgres"]
fn a_closed_engine_waits_for_nothing_and_listens_to_nobody() {
    let club = Club::new("deaf");
    let name = format!("deaf {}", std::process::id());
    let url = format!("{}&application_name={name}", club.url.display());
    let engine = Engine::open(url, Options::default()).unwrap();
    std::thread::scope(|scope| {
        let waits = scope.spawn(|| engine.wait_for_changes(1_000_000, Duration::from_secs(20)));
        assert_eq!(engine.wait_for_changes(1_000_000, Duration::from_millis(100)), Ok(false));
        let begun = Instant::now();
        engine.close().unwrap();
        assert_eq!(waits.join().expect("ends").map_err(|error| error.reason()), Err(Reason::Closed));
        assert!(begun.elapsed() < Duration::from_secs(10), "{:?}", begun.elapsed());
    });
    let again = engine.wait_for_changes(0, Duration::ZERO);
    assert_eq!(again.map_err(|error| error.reason()), Err(Reason::Closed));
    let mut admin = Psql::open(&club.url);
    let open = format!("SELECT count(*) FROM pg_stat_activity WHERE application_name = '{name}'");
    until("the end of its connections", || admin.run(&open) == ["0"]);
}

#[test]
#[ignore = "needs a server: tests/run postgres"]
fn entries_wait_for_every_older_transaction_and_keep_their_order() {
    let club = Club::new("older");
    let client = club.client();
    entries(&club.engine, 3);
    let since = || {
        let page = ok(&club.engine, &json!({"op": "journal.export", "args": {"after": 3}}));
        let entries = page["entries"].as_array().unwrap().clone();
        let amount = |entry: &Value| {
            let payload: Value = serde_json::from_str(entry["payload"].as_str().unwrap()).unwrap();
            payload["args"]["amount"]["amount"].as_str().unwrap().to_owned()
        };
        entries.iter().map(amount).collect::<Vec<_>>()
    };
    // Somebody who has begun to write, and may have drawn a lower number.
    let mut older = Psql::open(&club.url);
    older.run("BEGIN; SELECT pg_current_xact_id()");
    let amounts = ["1.00", "2.00", "3.00"];
    for amount in amounts {
        ok(&club.engine, &top_up(client, amount));
    }
    assert!(since().is_empty(), "an entry was sealed before an older one could be");
    older.run("COMMIT");
    until("the last entry", || since().len() == amounts.len());
    assert_eq!(since(), amounts);
    sound(&club.engine);
}

#[test]
#[ignore = "needs a server: tests/run postgres"]
fn nobody_seals_beside_another() {
    let club = Club::new("sealer");
    let client = club.client();
    entries(&club.engine, 3);
    // What the one sealer of a store holds.
    let mut sealer = Psql::open(&club.url);
    sealer.run("BEGIN; SELECT pg_advisory_xact_lock(1130459759, hashtext(current_schema()))");
    ok(&club.engine, &top_up(client, "1.00"));
    let since = json!({"op": "changes.since", "args": {"after": 3}, "deadline_ms": 300});
    let answer = run(&club.engine, &since);
    assert_eq!(reason(&answer), "busy", "{answer}");
    assert_eq!(sealer.run("SELECT count(*) FROM journal WHERE position IS NULL"), ["1"]);
    sealer.run("COMMIT");
    entries(&club.engine, 4);
}
