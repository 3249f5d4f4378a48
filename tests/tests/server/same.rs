//! The same key, the same name, the same card, from everybody at once.

use crate::club::{Club, entries, keyed, ok, reason, run, sound, top_up};
use carnet::Engine;
use serde_json::{Value, json};
use std::sync::Barrier;

const THREADS: usize = 8;

/// What eight threads over two engines are answered to requests sent at the same moment.
fn at_once(engines: [&Engine; 2], request: impl Fn(usize) -> Value + Sync) -> Vec<Value> {
    let barrier = Barrier::new(THREADS);
    std::thread::scope(|scope| {
        let (barrier, request) = (&barrier, &request);
        let running: Vec<_> = (0..THREADS)
            .map(|thread| {
                let engine = engines[thread % 2];
                scope.spawn(move || {
                    let request = request(thread);
                    barrier.wait();
                    run(engine, &request)
                })
            })
            .collect();
        running.into_iter().map(|thread| thread.join().unwrap()).collect()
    })
}

#[test]
#[ignore = "needs a server: tests/run postgres"]
fn one_key_is_done_once_and_answered_alike() {
    let club = Club::new("key");
    let other = club.engine();
    let client = club.client();
    ok(&club.engine, &club.sale(client));
    let mut done = 4;
    for round in 0..4 {
        let requests = [
            json!({"op": "client.add", "args": {"first_name": format!("Ana {round}")}}),
            top_up(client, "1.00"),
            club.sale(client),
            json!({"op": "access.enter", "args": {"client": client}}),
            json!({"op": "category.add", "args": {"name": format!("Pool {round}")}}),
        ];
        for (number, request) in requests.iter().enumerate() {
            let request = keyed(request, &format!("key {round} {number}"));
            let answers = at_once([&club.engine, &other], |_| request.clone());
            let replayed = answers.iter().filter(|answer| answer["replayed"] == true).count();
            assert_eq!(replayed, THREADS - 1, "{answers:?}");
            for answer in &answers {
                assert!(answer.get("reply").is_some(), "{answer}");
                assert_eq!((&answer["reply"], &answer["at"]), (&answers[0]["reply"], &answers[0]["at"]));
            }
            done += 1;
        }
    }
    assert_eq!(club.balance(client), 400);
    entries(&club.engine, done);
    sound(&club.engine);
}

#[test]
#[ignore = "needs a server: tests/run postgres"]
fn one_key_for_different_content_is_refused() {
    let club = Club::new("reused");
    let other = club.engine();
    let client = club.client();
    for round in 0..5 {
        let answers = at_once([&club.engine, &other], |thread| {
            keyed(&top_up(client, &format!("{}.00", thread + 1)), &format!("key {round}"))
        });
        let won = answers.iter().filter(|answer| answer.get("reply").is_some()).count();
        let refused = answers.iter().filter(|answer| reason(answer) == "key_reused").count();
        assert_eq!((won, refused), (1, THREADS - 1), "{answers:?}");
    }
    entries(&club.engine, 3 + 5);
    sound(&club.engine);
}

#[test]
#[ignore = "needs a server: tests/run postgres"]
fn one_external_id_and_one_card_have_one_owner() {
    let club = Club::new("taken");
    let other = club.engine();
    let clients: Vec<i64> = (0..THREADS).map(|_| club.client()).collect();
    let pick = |answers: &[Value], lost: &str| {
        let won = answers.iter().filter(|answer| answer.get("reply").is_some()).count();
        let refused = answers.iter().filter(|answer| reason(answer) == lost).count();
        assert_eq!((won, refused), (1, THREADS - 1), "{answers:?}");
    };
    for round in 0..5 {
        let external = json!([{"system": "crm", "value": round.to_string()}]);
        let engines = [&club.engine, &other];
        let answers = at_once(engines, |_| json!({"op": "client.add", "args": {"external_ids": external}}));
        pick(&answers, "external_id_taken");

        let external = json!([{"system": "shop", "value": round.to_string()}]);
        let answers = at_once(
            engines,
            |thread| json!({"op": "client.change", "args": {"client": clients[thread], "set": {"external_ids": external}}}),
        );
        pick(&answers, "external_id_taken");

        let card =
            |client: i64, uid: String| json!({"op": "card.add", "args": {"client": client, "uid": uid}});
        let answers = at_once(engines, |thread| card(clients[thread], format!("A{round}")));
        pick(&answers, "card_taken");
        let answers = at_once(engines, |_| card(clients[0], format!("B{round}")));
        pick(&answers, "already_exists");
    }
    sound(&club.engine);
}

#[test]
#[ignore = "needs a server: tests/run postgres"]
fn engines_that_open_a_new_store_together_make_one() {
    let url = carnet_tests::server::store("together");
    let barrier = Barrier::new(4);
    let engines: Vec<Engine> = std::thread::scope(|scope| {
        let open = || {
            barrier.wait();
            Engine::open(&url, carnet::Options::create()).unwrap()
        };
        let running: Vec<_> = (0..4).map(|_| scope.spawn(open)).collect();
        running.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    let mut ids: Vec<i64> = engines
        .iter()
        .map(|engine| ok(engine, &json!({"op": "client.add"}))["client"].as_i64().unwrap())
        .collect();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), 4, "an id was given out twice");
    // One node: the high bits are the same.
    assert!(ids.iter().all(|id| id >> 40 == ids[0] >> 40), "{ids:?}");
    sound(&engines[0]);
}
