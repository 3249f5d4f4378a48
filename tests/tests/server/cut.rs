//! The connection breaks at every message of an operation: nothing is lost that was answered, nothing is doubled.

use crate::club::{Club, entries, keyed, ok, reason, run, sound, top_up};
use crate::proxy::{Cut, Proxy};
use carnet::{Engine, Options};
use serde_json::{Value, json};

/// A club, and an engine with one session behind a cable.
struct Stand {
    club: Club,
    client: i64,
    proxy: Proxy,
    engine: Engine,
}

impl Stand {
    fn new(name: &str) -> Self {
        let club = Club::new(name);
        let client = club.client();
        let proxy = Proxy::start(&club.url);
        let options = Options { connections: 1, busy_timeout_ms: 20_000, ..Options::default() };
        let engine = Engine::open(proxy.through(&club.url), options).unwrap();
        Self { club, client, proxy, engine }
    }

    /// Carries out a request whose connection is cut; the answer, by how much the account grew, and whether it was cut.
    fn cut(&self, cut: Cut, request: &Value) -> (Value, i64, bool) {
        // The session is new after every cut: this prepares its statements.
        ok(&self.engine, &top_up(self.client, "0.01"));
        let before = self.club.balance(self.client);
        self.proxy.arm(cut);
        let answer = run(&self.engine, request);
        let fired = self.proxy.disarm();
        // Waits until whatever the broken session has left behind on the server is over.
        ok(&self.club.engine, &top_up(self.client, "0.01"));
        (answer, self.club.balance(self.client) - before - 1, fired)
    }
}

#[test]
#[ignore = "needs a server: tests/run postgres"]
fn a_cut_at_any_message_doubles_nothing() {
    let stand = Stand::new("sweep");
    let mut outcomes = [0, 0];
    for with_key in [false, true] {
        let mut message = 0;
        loop {
            let mut request = top_up(stand.client, "1.00");
            if with_key {
                request = keyed(&request, &format!("key {message}"));
            }
            let (answer, grown, fired) = stand.cut(Cut::After(message), &request);
            match reason(&answer) {
                "-" => assert_eq!(grown, 100, "cut after {message}: {answer}"),
                "unknown_outcome" if !with_key => {
                    assert!([0, 100].contains(&grown), "cut after {message}: {grown}");
                    outcomes[usize::from(grown > 0)] += 1;
                }
                _ => panic!("cut after {message}: {answer}"),
            }
            if !fired {
                break;
            }
            message += 1;
        }
        println!("{message} messages, key: {with_key}, unknown: {outcomes:?}");
        assert!(message > 20, "an operation has more than {message} messages");
    }
    assert!(outcomes[0] > 0, "no cut fell between the first word of the end and the commit");
    sound(&stand.club.engine);
}

#[test]
#[ignore = "needs a server: tests/run postgres"]
fn without_a_key_the_outcome_of_a_commit_is_unknown() {
    let stand = Stand::new("unknown");
    let request = top_up(stand.client, "1.00");
    for (cut, grown) in [(Cut::BeforeCommit, 0), (Cut::AfterCommit, 100)] {
        let (answer, found, fired) = stand.cut(cut, &request);
        assert!(fired, "{cut:?}");
        assert_eq!((reason(&answer), found), ("unknown_outcome", grown), "{cut:?}: {answer}");
        // Its ids are not given out again: the session goes on as if nothing had been.
        for _ in 0..3 {
            ok(&stand.engine, &request);
        }
    }
    sound(&stand.club.engine);
}

#[test]
#[ignore = "needs a server: tests/run postgres"]
fn with_a_key_it_is_resolved() {
    let stand = Stand::new("resolved");
    for (cut, replayed) in [(Cut::BeforeCommit, false), (Cut::AfterCommit, true)] {
        let request = keyed(&top_up(stand.client, "1.00"), &format!("{cut:?}"));
        let (answer, grown, fired) = stand.cut(cut, &request);
        assert!(fired, "{cut:?}");
        assert!(answer.get("reply").is_some(), "{cut:?}: {answer}");
        assert_eq!((grown, answer["replayed"] == true), (100, replayed), "{cut:?}: {answer}");
        for _ in 0..3 {
            ok(&stand.engine, &top_up(stand.client, "1.00"));
        }
    }
    sound(&stand.club.engine);
}

#[test]
#[ignore = "needs a server: tests/run postgres"]
fn a_batch_is_there_whole_or_not_at_all() {
    let stand = Stand::new("batch");
    let batch = json!([top_up(stand.client, "1.00"), top_up(stand.client, "2.00")]).to_string();
    for (cut, grown) in [(Cut::BeforeCommit, 0), (Cut::AfterCommit, 300)] {
        ok(&stand.engine, &top_up(stand.client, "0.01"));
        let before = stand.club.balance(stand.client);
        stand.proxy.arm(cut);
        let answer: Value = serde_json::from_str(&stand.engine.execute_json_batch(batch.as_bytes())).unwrap();
        assert!(stand.proxy.disarm());
        assert!(answer.to_string().contains("unknown_outcome"), "{answer}");
        ok(&stand.club.engine, &top_up(stand.client, "0.01"));
        assert_eq!(stand.club.balance(stand.client) - before - 1, grown, "{cut:?}");
        for _ in 0..3 {
            ok(&stand.engine, &top_up(stand.client, "1.00"));
        }
    }
    sound(&stand.club.engine);
}

#[test]
#[ignore = "needs a server: tests/run postgres"]
fn what_breaks_after_the_answer_is_not_done_again() {
    let stand = Stand::new("after");
    ok(&stand.engine, &top_up(stand.client, "0.01"));
    let add = json!({"op": "category.add", "args": {"name": "Pool"}});
    stand.proxy.arm(Cut::AfterAnswer);
    ok(&stand.engine, &add);
    assert!(stand.proxy.disarm(), "the configuration was not read again");
    // Venue, plan, client, top-up, and the category once.
    entries(&stand.club.engine, 5);
    sound(&stand.club.engine);
}
