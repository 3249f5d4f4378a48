//! One pass of ten visits, and everybody at once.

use crate::club::{Club, Program, ok, run, sound};
use serde_json::{Value, json};
use std::sync::Barrier;
use std::time::{Duration, Instant};

const ROUNDS: usize = 20;
const ATTEMPTS: usize = 40;
const THREADS: usize = 8;
const PROCESSES: usize = 4;

#[test]
fn ten_visits_admit_ten() {
    let club = Club::new();
    let mut programs: Vec<Program> = (0..PROCESSES).map(|_| Program::start(&club.path, ATTEMPTS)).collect();
    let mut waits = Vec::new();
    for round in 0..ROUNDS {
        let client = club.client();
        let pass = club.pass(client);
        let enter = json!({"op": "access.enter", "args": {"client": client}});
        let barrier = Barrier::new(THREADS + PROCESSES);
        let answers: Vec<(Duration, Value)> = std::thread::scope(|scope| {
            let (club, enter, barrier) = (&club, &enter, &barrier);
            let threads = (0..THREADS).map(|_| {
                scope.spawn(move || {
                    barrier.wait();
                    let once = |_| {
                        let start = Instant::now();
                        let answer = run(&club.engine, enter);
                        (start.elapsed(), answer)
                    };
                    (0..ATTEMPTS).map(once).collect::<Vec<_>>()
                })
            });
            let mut running: Vec<_> = threads.collect();
            running.extend(programs.iter_mut().map(|program| {
                scope.spawn(move || {
                    barrier.wait();
                    let pipes = program.pipes();
                    assert!(pipes.send(enter));
                    (0..ATTEMPTS).map(|_| pipes.reply().unwrap()).collect()
                })
            }));
            running.into_iter().flat_map(|thread| thread.join().unwrap()).collect()
        });
        let mut admitted = 0;
        for (wait, answer) in &answers {
            let decision = &answer["reply"]["decision"];
            match decision["outcome"].as_str() {
                Some("admitted") => admitted += 1,
                _ => assert_eq!(decision["reason"], "exhausted", "round {round}, after {wait:?}: {answer}"),
            }
        }
        assert_eq!((admitted, answers.len()), (10, (THREADS + PROCESSES) * ATTEMPTS), "round {round}");
        let view = ok(&club.engine, &json!({"op": "pass.get", "args": {"pass": pass}}));
        assert_eq!((&view["rest"], &view["recognised"]["amount"]), (&json!("0"), &json!("100.00")), "{view}");
        waits.extend(answers.into_iter().map(|(wait, _)| wait));
    }
    programs.into_iter().for_each(Program::finish);
    waits.sort();
    let at = |part: usize| waits.get(waits.len() * part / 1000).unwrap();
    println!(
        "{} attempts of {THREADS} threads and {PROCESSES} processes: p50 {:?}, p99 {:?}, p99.9 {:?}, longest {:?}",
        waits.len(),
        at(500),
        at(990),
        at(999),
        waits.last().unwrap()
    );
    sound(&club.engine);
}
