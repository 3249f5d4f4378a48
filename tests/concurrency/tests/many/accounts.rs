//! No update is lost, and a stale one is refused.

use crate::club::{Club, Program, euro, ok, run, sound};
use serde_json::json;
use std::sync::Barrier;

#[test]
fn every_top_up_counts() {
    let club = Club::new();
    let client = club.client();
    let top_up = json!({"op": "account.top_up",
        "args": {"client": client, "amount": euro("0.07"), "method": "card"}});
    // The first opens the account: that too happens once.
    let mut programs: Vec<Program> = (0..2).map(|_| Program::start(&club.path, 250)).collect();
    std::thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| (0..1000).for_each(|_| drop(ok(&club.engine, &top_up))));
        }
        for program in &mut programs {
            let top_up = &top_up;
            scope.spawn(move || {
                let pipes = program.pipes();
                assert!(pipes.send(top_up));
                for _ in 0..250 {
                    let (_, answer) = pipes.reply().unwrap();
                    assert!(answer.get("reply").is_some(), "{answer}");
                }
            });
        }
    });
    programs.into_iter().for_each(Program::finish);
    // 8 500 times 0.07, and 0.01.
    assert_eq!(club.top_up(client, "0.01")["balance"]["amount"], "595.01");
    sound(&club.engine);
}

#[test]
fn of_two_who_read_the_same_version_one_wins() {
    let club = Club::new();
    let client = club.client();
    for version in 1..=50 {
        let barrier = Barrier::new(2);
        let change = |name: &str| {
            barrier.wait();
            let args = json!({"client": client, "set": {"first_name": name}, "expected_version": version});
            run(&club.engine, &json!({"op": "client.change", "args": args}))
        };
        let (one, two) = std::thread::scope(|scope| {
            let one = scope.spawn(|| change("One"));
            (change("Two"), one.join().unwrap())
        });
        let won = [&one, &two].iter().filter(|answer| answer["reply"]["version"] == version + 1).count();
        let stale = [&one, &two].iter().filter(|answer| answer["error"]["reason"] == "stale_version").count();
        assert_eq!((won, stale), (1, 1), "{one} {two}");
    }
    sound(&club.engine);
}

#[test]
fn who_fails_while_it_writes_fails_alone() {
    let club = Club::new();
    let clients: Vec<i64> = (0..8).map(|_| club.client()).collect();
    let other = rusqlite::Connection::open(&club.path).unwrap();
    let cursed = "CREATE TRIGGER cursed BEFORE INSERT ON transfer WHEN NEW.amount = 666
        BEGIN SELECT RAISE(ABORT, 'cursed'); END";
    other.execute_batch(cursed).unwrap();
    let top_up = |client: i64, amount: &str| json!({"op": "account.top_up", "args": {"client": client, "amount": euro(amount), "method": "card"}});
    let barrier = Barrier::new(clients.len());
    std::thread::scope(|scope| {
        for (number, client) in clients.iter().copied().enumerate() {
            let (club, top_up, barrier) = (&club, &top_up, &barrier);
            scope.spawn(move || {
                barrier.wait();
                for round in 0..300 {
                    // Whoever shares a commit with one that fails is carried out again, and answered for that.
                    match (number + round) % 5 {
                        0 => {
                            let answer = run(&club.engine, &top_up(client, "6.66"));
                            assert_eq!(answer["error"]["reason"], "already_exists", "{answer}");
                        }
                        1 => {
                            let batch = json!([top_up(client, "0.50"), top_up(client, "6.66")]).to_string();
                            let answer = club.engine.execute_json_batch(batch.as_bytes());
                            assert!(answer.contains("\"index\":1"), "{answer}");
                        }
                        _ => drop(ok(&club.engine, &top_up(client, "0.07"))),
                    }
                }
            });
        }
    });
    for client in clients {
        // 180 times 0.07, and 0.01.
        assert_eq!(club.top_up(client, "0.01")["balance"]["amount"], "12.61");
    }
    // One entry for each that was answered, none twice: venue, plan, clients, top-ups.
    assert_eq!(sound(&club.engine), 2 + 8 + 8 * 180 + 8);
}
