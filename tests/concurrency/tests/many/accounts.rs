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
