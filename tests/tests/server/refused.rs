//! What a server, or what lies on it, refuses: each with its own reason.

use crate::club::{Club, Psql, ok, reason, run, sound, top_up, until};
use carnet::{Code, Engine, Options, Reason};
use carnet_tests::server;
use serde_json::json;
use std::net::TcpListener;
use std::path::Path;
use std::time::{Duration, Instant};

fn refused(url: impl AsRef<Path>, options: Options) -> Reason {
    Engine::open(url, options).err().map(|error| error.reason()).expect("it does not open")
}

/// Holds the row of a client until it is dropped.
fn hold(club: &Club, client: i64) -> Psql {
    let mut holder = Psql::open(&club.url);
    holder.run("BEGIN");
    let held = holder.run(&format!("SELECT client FROM gate WHERE client = {client} FOR UPDATE"));
    assert_eq!(held, [client.to_string()]);
    holder
}

/// Waits until somebody waits for it.
fn until_waited_for(holder: &mut Psql) {
    let waiting =
        "SELECT count(*) > 0 FROM pg_stat_activity WHERE pg_backend_pid() = ANY (pg_blocking_pids(pid))";
    until("who waits", || holder.run(waiting) == ["t"]);
}

#[test]
#[ignore = "needs a server: tests/run postgres"]
fn a_deadline_is_kept_while_another_session_holds_the_client() {
    let club = Club::new("held");
    let client = club.client();
    let holder = hold(&club, client);
    let mut request = top_up(client, "1.00");
    request["deadline_ms"] = json!(300);
    for _ in 0..3 {
        let start = Instant::now();
        let answer = run(&club.engine, &request);
        assert_eq!((reason(&answer), &answer["error"]["code"]), ("busy", &json!("storage")), "{answer}");
        let took = start.elapsed();
        assert!(took >= Duration::from_millis(300) && took < Duration::from_secs(5), "{took:?}");
    }
    // Another client is nobody's business.
    let other = club.client();
    ok(&club.engine, &top_up(other, "1.00"));
    drop(holder);
    ok(&club.engine, &top_up(client, "1.00"));
    assert_eq!(club.balance(client), 100, "what was given up is done all the same");
    sound(&club.engine);
}

#[test]
#[ignore = "needs a server: tests/run postgres"]
fn a_lock_is_waited_for_as_long_as_the_call_says() {
    let club = Club::new("patience");
    let client = club.client();
    let engine =
        |busy_timeout_ms| Engine::open(&club.url, Options { busy_timeout_ms, ..Options::default() }).unwrap();
    let (hasty, patient) = (engine(100), engine(60_000));
    let mut request = top_up(client, "1.00");
    let mut holder = hold(&club, client);
    // The server gives up by itself: no connection is broken for it.
    request["deadline_ms"] = json!(200);
    let start = Instant::now();
    let answer = run(&patient, &request);
    assert_eq!((reason(&answer), start.elapsed() < Duration::from_secs(1)), ("busy", true), "{answer}");
    assert!(answer.to_string().contains("55P03"), "{answer}");
    assert_eq!(reason(&run(&hasty, &top_up(client, "1.00"))), "busy");
    request["deadline_ms"] = json!(20_000);
    std::thread::scope(|scope| {
        let waits = scope.spawn(|| run(&hasty, &request));
        until_waited_for(&mut holder);
        std::thread::sleep(Duration::from_millis(300));
        drop(holder);
        let answer = waits.join().unwrap();
        assert!(answer.get("reply").is_some(), "{answer}");
    });
    assert_eq!(club.balance(client), 100);
}

#[test]
#[ignore = "needs a server: tests/run postgres"]
fn who_finds_no_free_connection_is_told_so() {
    let club = Club::new("pool");
    let client = club.client();
    let options = Options { connections: 1, busy_timeout_ms: 60_000, ..Options::default() };
    let engine = Engine::open(&club.url, options).unwrap();
    let mut holder = hold(&club, client);
    std::thread::scope(|scope| {
        let patient = scope.spawn(|| run(&engine, &top_up(client, "1.00")));
        until_waited_for(&mut holder);
        for request in [json!({"op": "client.add"}), json!({"op": "client.get", "args": {"client": client}})]
        {
            let mut request = request;
            request["deadline_ms"] = json!(200);
            let answer = run(&engine, &request);
            assert_eq!(reason(&answer), "busy", "{answer}");
            assert!(answer.to_string().contains("no free connection"), "{answer}");
        }
        drop(holder);
        let answer = patient.join().unwrap();
        assert!(answer.get("reply").is_some(), "{answer}");
    });
    ok(&engine, &json!({"op": "client.add"}));
    sound(&club.engine);
}

#[test]
#[ignore = "needs a server: tests/run postgres"]
fn a_server_that_is_not_there_is_unreachable_in_time() {
    let options = || Options { busy_timeout_ms: 500, ..Options::create() };
    // One who listens and never answers, then nobody.
    let silent = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("postgresql://carnet@{}/club", silent.local_addr().unwrap());
    let ask = || {
        let start = Instant::now();
        assert_eq!(refused(&url, options()), Reason::Unreachable);
        assert!(start.elapsed() < Duration::from_secs(5), "{:?}", start.elapsed());
    };
    ask();
    drop(silent);
    ask();
}

#[test]
#[ignore = "needs a server: tests/run postgres"]
fn a_database_or_store_that_is_not_there_is_missing() {
    let url = server::store("nowhere");
    assert_eq!(refused(&url, Options::default()), Reason::Missing);
    let text = url.to_str().unwrap();
    let (front, options) = text.split_once('?').unwrap();
    let host = front.rsplit_once('/').unwrap().0;
    assert_eq!(refused(format!("{host}/no_such_database?{options}"), Options::create()), Reason::Missing);
}

#[test]
#[ignore = "needs a server: tests/run postgres"]
fn another_version_is_refused_at_once_and_in_the_middle_of_a_run() {
    let club = Club::new("versions");
    let client = club.client();
    ok(&club.engine, &club.sale(client));
    let mut other = Psql::open(&club.url);
    let known = other.run("SELECT version FROM schema_version").concat();
    let requests = [
        top_up(client, "1.00"),
        json!({"op": "access.enter", "args": {"client": client}}),
        json!({"op": "access.decide", "args": {"client": client}}),
        json!({"op": "client.get", "args": {"client": client}}),
        json!({"op": "card.add", "args": {"client": client, "uid": "A1"}}),
    ];
    let set = |other: &mut Psql, version: &str| {
        other.run(&format!(
            "BEGIN; UPDATE schema_version SET version = {version}; UPDATE store SET config_version = config_version + 1; COMMIT"
        ));
    };
    let before = club.engine.dump().unwrap();
    for (version, expected, why) in [("999", "newer", Reason::Newer), ("0", "older", Reason::Older)] {
        set(&mut other, version);
        for request in &requests {
            let answer = run(&club.engine, request);
            assert_eq!(
                (reason(&answer), &answer["error"]["code"]),
                (expected, &json!("storage")),
                "{request}"
            );
        }
        let refuse = Options { migrate: carnet::Migrate::Refuse, ..Options::default() };
        assert_eq!(refused(&club.url, refuse), why);
    }
    assert_eq!(
        refused(&club.url, Options { migrate: carnet::Migrate::Refuse, ..Options::default() }),
        Reason::Older
    );
    // Nothing was written meanwhile, and all goes on if the version comes back.
    set(&mut other, &known);
    let versionless = |dump: &str| -> Vec<String> {
        dump.lines().filter(|line| !line.contains("store")).map(str::to_owned).collect()
    };
    assert_eq!(versionless(&club.engine.dump().unwrap()), versionless(&before));
    for request in &requests {
        ok(&club.engine, request);
    }
    sound(&club.engine);
}

#[test]
#[ignore = "needs a server: tests/run postgres"]
fn who_was_in_anothers_way_decides_again_alone() {
    let club = Club::new("again");
    let client = club.client();
    let mut other = Psql::open(&club.url);
    for (number, state) in ["40001", "40P01", "23505"].into_iter().enumerate() {
        // Whoever is not alone is in somebody's way. 1130459758 is what all stores lock.
        other.run(&format!(
            "CREATE OR REPLACE FUNCTION spoil() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN
                IF NOT EXISTS (SELECT FROM pg_locks WHERE locktype = ''advisory'' AND pid = pg_backend_pid()
                    AND classid = 1130459758 AND mode = ''ExclusiveLock'' AND granted) THEN
                    RAISE EXCEPTION ''not alone'' USING ERRCODE = ''{state}'';
                END IF;
                RETURN NEW; END';
             CREATE OR REPLACE TRIGGER spoil BEFORE INSERT ON lot FOR EACH ROW EXECUTE FUNCTION spoil()"
        ));
        ok(&club.engine, &top_up(client, "1.00"));
        assert_eq!(club.balance(client), (i64::try_from(number).unwrap() + 1) * 100, "{state}");
    }
    sound(&club.engine);
}

#[test]
#[ignore = "needs a server: tests/run postgres"]
fn what_the_server_says_has_a_reason_of_ours() {
    let club = Club::new("sqlstates");
    let client = club.client();
    let mut other = Psql::open(&club.url);
    let cases = [
        ("53100", "full"),
        ("53200", "io"),
        ("58030", "io"),
        ("XX001", "corrupt"),
        ("25006", "read_only"),
        ("42501", "access_denied"),
        ("40001", "busy"),
        ("40P01", "busy"),
        ("57014", "busy"),
        ("22021", "internal"),
    ];
    for (state, expected) in cases {
        other.run(&format!(
            "CREATE OR REPLACE FUNCTION spoil() RETURNS trigger LANGUAGE plpgsql AS
                'BEGIN RAISE EXCEPTION ''Ana Pop, 0721 234 567'' USING ERRCODE = ''{state}''; END';
             CREATE OR REPLACE TRIGGER spoil BEFORE INSERT ON lot FOR EACH ROW EXECUTE FUNCTION spoil()"
        ));
        let answer = run(&club.engine, &top_up(client, "1.00"));
        assert_eq!(reason(&answer), expected, "{state}: {answer}");
        assert!(answer.to_string().contains(state), "{answer}");
        assert!(!answer.to_string().contains("Ana"), "an error quotes the server: {answer}");
        let code = if expected == "internal" { "internal" } else { "storage" };
        assert_eq!(answer["error"]["code"], code, "{answer}");
    }
    other.run("DROP TRIGGER spoil ON lot");
    ok(&club.engine, &top_up(client, "1.00"));
    assert_eq!(club.balance(client), 100);
    assert_eq!(carnet::Error::from(Reason::Full).code(), Code::Storage);
    sound(&club.engine);
}
