//! Everybody at once on the same rows.

use crate::club::{Club, Program, Psql, charge, entries, euro, ok, reason, run, sound, top_up, until};
use crate::proxy::Proxy;
use carnet::{Engine, Options};
use serde_json::{Value, json};
use std::path::Path;
use std::sync::Barrier;

const ROUNDS: usize = 5;
const ATTEMPTS: usize = 40;
const THREADS: usize = 8;
const PROCESSES: usize = 2;

#[test]
#[ignore = "needs a server: tests/run postgres"]
fn ten_visits_admit_ten() {
    let club = Club::new("ten");
    let others = [club.engine(), club.engine()];
    let engines = [&club.engine, &others[0], &others[1]];
    let mut programs: Vec<Program> = (0..PROCESSES).map(|_| Program::start(&club.url)).collect();
    for round in 0..ROUNDS {
        let client = club.client();
        let pass = ok(&club.engine, &club.sale(client))["pass"].clone();
        let enter = json!({"op": "access.enter", "args": {"client": client}});
        let barrier = Barrier::new(THREADS + PROCESSES);
        let answers: Vec<Value> = std::thread::scope(|scope| {
            let (enter, barrier) = (&enter, &barrier);
            let mut running = Vec::new();
            for thread in 0..THREADS {
                let engine = engines[thread % engines.len()];
                running.push(scope.spawn(move || {
                    barrier.wait();
                    (0..ATTEMPTS).map(|_| run(engine, enter)).collect::<Vec<_>>()
                }));
            }
            for program in &mut programs {
                running.push(scope.spawn(move || {
                    barrier.wait();
                    (0..ATTEMPTS).map(|_| program.run(enter)).collect::<Vec<_>>()
                }));
            }
            running.into_iter().flat_map(|thread| thread.join().unwrap()).collect()
        });
        let mut admitted = 0;
        for answer in &answers {
            let decision = &answer["reply"]["decision"];
            match decision["outcome"].as_str() {
                Some("admitted") => admitted += 1,
                _ => assert_eq!(decision["reason"], "exhausted", "round {round}: {answer}"),
            }
        }
        assert_eq!((admitted, answers.len()), (10, (THREADS + PROCESSES) * ATTEMPTS), "round {round}");
        let view = ok(&club.engine, &json!({"op": "pass.get", "args": {"pass": pass}}));
        assert_eq!((&view["rest"], &view["recognised"]["amount"]), (&json!("0"), &json!("100.00")), "{view}");
    }
    drop(programs);
    // Venue and plan; a client, a sale and the attempts of each round.
    entries(&club.engine, 2 + ROUNDS * (2 + (THREADS + PROCESSES) * ATTEMPTS));
    sound(&club.engine);
}

#[test]
#[ignore = "needs a server: tests/run postgres"]
fn every_top_up_and_every_charge_counts() {
    let club = Club::new("sums");
    let other = club.engine();
    let client = club.client();
    // The first opens the account: that too happens once.
    let barrier = Barrier::new(8);
    std::thread::scope(|scope| {
        for thread in 0..8 {
            let engine = if thread % 2 == 0 { &club.engine } else { &other };
            let barrier = &barrier;
            scope.spawn(move || {
                barrier.wait();
                for _ in 0..50 {
                    ok(engine, &top_up(client, "0.07"));
                    ok(engine, &charge(client, "0.05"));
                }
            });
        }
    });
    assert_eq!(club.balance(client), 8 * 50 * 2);
    entries(&club.engine, 3 + 800);
    sound(&club.engine);
}

#[test]
#[ignore = "needs a server: tests/run postgres"]
fn a_day_is_closed_beside_writers() {
    let club = Club::new("day");
    let other = club.engine();
    ok(&club.engine, &json!({"op": "day.open"}));
    let clients: Vec<i64> = (0..4).map(|_| club.client()).collect();
    let barrier = Barrier::new(5);
    std::thread::scope(|scope| {
        for (index, client) in clients.iter().enumerate() {
            let engine = if index % 2 == 0 { &club.engine } else { &other };
            let (club, barrier) = (&club, &barrier);
            scope.spawn(move || {
                barrier.wait();
                for _ in 0..10 {
                    ok(engine, &club.sale(*client));
                    ok(engine, &json!({"op": "access.enter", "args": {"client": client}}));
                    ok(engine, &top_up(*client, "5.00"));
                }
            });
        }
        barrier.wait();
        for _ in 0..3 {
            ok(&club.engine, &json!({"op": "day.close"}));
            // The date of the day that was closed cannot be opened again; the next one can.
            let opened = run(&club.engine, &json!({"op": "day.open"}));
            assert_ne!(opened["error"]["code"], "internal", "{opened}");
            if opened.get("error").is_some() {
                break;
            }
        }
    });
    // All that was sold is in one day or another.
    let sold = json!({"op": "report.owed"});
    let owed = ok(&club.engine, &sold);
    // 40 passes for 100.00, each less one visit of 10.00.
    let text = owed.to_string();
    assert!(text.contains(&euro("3600.00").to_string()), "{text}");
    for client in clients {
        assert_eq!(club.balance(client), 5000);
    }
    sound(&club.engine);
}

#[test]
#[ignore = "needs a server: tests/run postgres"]
fn who_guesses_the_id_of_a_new_client_decides_under_its_lock() {
    let club = Club::new("guessed");
    let proxy = Proxy::start(&club.url);
    let open = |url: &Path| Engine::open(url, Options { connections: 1, ..Options::default() }).unwrap();
    let url = proxy.through(&club.url);
    let (desk, doors) = (open(&club.url), [open(&url), open(&url)]);
    let known = ok(&desk, &json!({"op": "client.add"}))["client"].as_i64().unwrap();
    ok(&desk, &top_up(known, "2.00"));
    // The statements are prepared, so that the next exchange is the operation's.
    for door in &doors {
        ok(door, &charge(known, "1.00"));
    }
    let guessed = known + 1;
    let mut watch = Psql::open(&club.url);
    proxy.hold();
    let answers: Vec<Value> = std::thread::scope(|scope| {
        let charges = || charge(guessed, "1.00");
        let running: Vec<_> = doors.iter().map(|door| scope.spawn(move || run(door, &charges()))).collect();
        // They have looked for a row to hold, and found none; what they decide on is not read yet.
        let between =
            "SELECT count(*) FROM pg_stat_activity WHERE state = 'active' AND wait_event = 'ClientRead'
            AND query LIKE '%FOR UPDATE%'";
        until("who waits", || watch.run(between) == ["2"]);
        assert_eq!(ok(&desk, &json!({"op": "client.add"}))["client"], guessed);
        ok(&desk, &top_up(guessed, "1.00"));
        proxy.let_go();
        running.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    let mut reasons: Vec<&str> = answers.iter().map(reason).collect();
    reasons.sort_unstable();
    assert_eq!(reasons, ["-", "insufficient"], "{answers:?}");
    assert_eq!(club.balance(guessed), 0);
    sound(&club.engine);
}

#[test]
#[ignore = "needs a server: tests/run postgres"]
fn an_asynchronous_host_calls_from_inside_its_runtime() {
    let club = Club::new("asynchronous");
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    // A library that blocks on a runtime of its own panics here.
    runtime.block_on(async {
        let engine = club.engine();
        let client = ok(&engine, &json!({"op": "client.add"}))["client"].as_i64().unwrap();
        ok(&engine, &top_up(client, "1.00"));
        assert_eq!(club.balance(client), 100);
        sound(&engine);
        engine.close().unwrap();
    });
}
