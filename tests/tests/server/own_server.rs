//! Servers of these tests' own, which are crashed, filled up, and given passwords.

mod reach;

use crate::club::{Club, Psql, entries, keyed, ok, reason, run, sound, top_up, until};
use carnet::{Engine, Options, Reason};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fs::File;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

/// A server, gone at the end.
struct Server {
    folder: PathBuf,
    url: String,
}

fn cluster(word: &str, folder: &Path) -> String {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("postgres/cluster");
    let output = Command::new(script).arg(word).arg(folder).output().expect("the script of the servers");
    assert!(output.status.success(), "{word}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap().trim().to_owned()
}

impl Server {
    fn start(name: &str) -> Self {
        let folder = std::env::temp_dir().join(format!("carnet-{name}-{}", std::process::id()));
        let url = cluster("start", &folder);
        Self { folder, url }
    }

    fn kill(&self) {
        cluster("kill", &self.folder);
    }

    /// A store in a database of this server.
    fn store(&self, database: &str) -> PathBuf {
        let url = self.url.strip_suffix("/postgres").unwrap();
        PathBuf::from(format!("{url}/{database}?options=-csearch_path%3Dclub"))
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        cluster("stop", &self.folder);
    }
}

/// Every reply of the journal by its key.
fn replies(engine: &Engine) -> BTreeMap<String, Value> {
    let (mut after, mut stored) = (0, BTreeMap::new());
    loop {
        let page = ok(engine, &json!({"op": "journal.export", "args": {"after": after, "limit": 1000}}));
        for entry in page["entries"].as_array().unwrap() {
            let payload: Value = serde_json::from_str(entry["payload"].as_str().unwrap()).unwrap();
            if let Some(key) = payload["key"].as_str() {
                let twice = stored.insert(key.to_owned(), payload["reply"].clone());
                assert!(twice.is_none(), "{key} was done twice");
            }
        }
        after = page["last"].as_i64().unwrap();
        if page["more"] == false {
            return stored;
        }
    }
}

const KILLS: u64 = 4;

/// What writers saw of a server that crashes.
#[derive(Default)]
struct Seen {
    answered: Mutex<BTreeMap<String, Value>>,
    done: AtomicU64,
    unknown: AtomicU64,
    stop: AtomicBool,
}

fn request(club: &Club, client: i64, number: u64) -> Value {
    match number % 4 {
        0 => top_up(client, "5.00"),
        1 => json!({"op": "access.enter", "args": {"client": client}}),
        2 => json!({"op": "client.add", "args": {"first_name": format!("Guest {number}")}}),
        _ => club.sale(client),
    }
}

#[test]
#[ignore = "needs a server: tests/run postgres"]
fn what_was_answered_survives_the_crash_of_the_server() {
    let server = Server::start("crash");
    let club = Club::at(server.store("postgres"));
    let patient = || {
        let options = Options { busy_timeout_ms: 60_000, ..Options::default() };
        Engine::open(&club.url, options).unwrap()
    };
    let engines = [patient(), patient()];
    let clients: Vec<i64> = (0..6).map(|_| club.client()).collect();
    let seen = Seen::default();
    // The account of the one who writes without keys.
    let paid = AtomicU64::new(0);
    std::thread::scope(|scope| {
        for (index, client) in clients.iter().enumerate().skip(1) {
            let (engine, club, seen) = (&engines[index % 2], &club, &seen);
            scope.spawn(move || {
                for number in 0.. {
                    if seen.stop.load(Ordering::SeqCst) {
                        return;
                    }
                    let key = format!("key {index} {number}");
                    let answer = run(engine, &keyed(&request(club, *client, number), &key));
                    assert!(answer.get("reply").is_some(), "under a key every outcome is known: {answer}");
                    seen.answered.lock().unwrap().insert(key, answer["reply"].clone());
                    seen.done.fetch_add(1, Ordering::SeqCst);
                }
            });
        }
        let (engine, seen, paid, without) = (&engines[0], &seen, &paid, clients[0]);
        scope.spawn(move || {
            while !seen.stop.load(Ordering::SeqCst) {
                let answer = run(engine, &top_up(without, "1.00"));
                match reason(&answer) {
                    "-" => paid.fetch_add(1, Ordering::SeqCst),
                    "unknown_outcome" => seen.unknown.fetch_add(1, Ordering::SeqCst),
                    _ => panic!("{answer}"),
                };
            }
        });
        for _ in 0..KILLS {
            let before = seen.done.load(Ordering::SeqCst);
            until("the next answer", || seen.done.load(Ordering::SeqCst) >= before + 30);
            server.kill();
        }
        let before = seen.done.load(Ordering::SeqCst);
        until("the next answer", || seen.done.load(Ordering::SeqCst) >= before + 30);
        seen.stop.store(true, Ordering::SeqCst);
    });
    let engine = club.engine();
    let answered = seen.answered.into_inner().unwrap();
    until("the last entry", || replies(&engine).len() >= answered.len());
    assert_eq!(replies(&engine), answered);
    let (paid, unknown) = (paid.into_inner(), seen.unknown.into_inner());
    let balance = u64::try_from(club.balance(clients[0])).unwrap() / 100;
    assert!(balance >= paid && balance <= paid + unknown, "{paid} and {unknown} unknown, but {balance}");
    println!("{KILLS} crashes, {} answers under keys, {paid} without, {unknown} unknown", answered.len());
    sound(&engine);
    drop((engines, engine, club));
}

#[test]
#[ignore = "needs a server: tests/run postgres"]
fn a_wrong_password_is_refused_and_said_nowhere() {
    let server = Server::start("password");
    let mut admin = Psql::open(Path::new(&server.url));
    admin.run("SET password_encryption = 'scram-sha-256'; CREATE ROLE till LOGIN PASSWORD 'geheim-1'");
    admin.run("GRANT CREATE ON DATABASE postgres TO till");
    let rules = server.folder.join("data/pg_hba.conf");
    let others = std::fs::read_to_string(&rules).unwrap();
    std::fs::write(&rules, format!("host all till 127.0.0.1/32 scram-sha-256\n{others}")).unwrap();
    let url = |password: &str| {
        let url = server.store("postgres").to_str().unwrap().to_owned();
        url.replacen("carnet@", &format!("till:{password}@"), 1)
    };
    // The rules are read some time after it is said.
    admin.run("SELECT pg_reload_conf()");
    until("the new rules", || Engine::open(url("falsch-2"), Options::create()).is_err());
    let error = Engine::open(url("falsch-2"), Options::create()).expect_err("it does not open");
    assert_eq!(error.reason(), Reason::AccessDenied);
    let said = format!("{error} {error:?} {}", serde_json::to_string(&error).unwrap_or_default());
    assert!(!said.contains("falsch"), "{said}");
    let engine = Engine::open(url("geheim-1"), Options::create()).unwrap();
    assert!(!format!("{engine:?}").contains("geheim"));
    ok(&engine, &json!({"op": "client.add"}));
    sound(&engine);
}

/// A small disk, where this user may mount one.
struct Disk(PathBuf);

impl Disk {
    fn mount(name: &str) -> Option<Self> {
        let folder = std::env::temp_dir().join(format!("carnet-{name}-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let mounted = Command::new("mount")
            .args(["-t", "tmpfs", "-o", "size=48m,mode=0777", "tmpfs"])
            .arg(&folder)
            .status();
        if mounted.is_ok_and(|status| status.success()) {
            return Some(Self(folder));
        }
        std::fs::remove_dir(&folder).unwrap();
        None
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("-l").arg(&self.0).status();
        let _ = std::fs::remove_dir(&self.0);
    }
}

#[test]
#[ignore = "needs a server: tests/run postgres"]
fn a_full_disk_loses_nothing() {
    let Some(disk) = Disk::mount("disk") else {
        println!("skipped: no small disk can be mounted here");
        return;
    };
    let server = Server::start("full");
    let place = disk.0.join("space");
    std::fs::create_dir(&place).unwrap();
    let owned = Command::new("chown").arg("--reference").arg(server.folder.join("data")).arg(&place).status();
    assert!(owned.unwrap().success());
    let mut admin = Psql::open(Path::new(&server.url));
    admin.run(&format!("CREATE TABLESPACE small LOCATION '{}'", place.display()));
    admin.run("CREATE DATABASE small TABLESPACE small");
    let club = Club::at(server.store("small"));
    let client = club.client();
    ok(&club.engine, &top_up(client, "1.00"));
    let ballast = disk.0.join("ballast");
    let mut file = File::create(&ballast).unwrap();
    while file.write_all(&[0; 4096]).is_ok() {}
    drop(file);
    let (mut done, mut full) = (1, 0);
    while full < 20 {
        let answer = run(&club.engine, &top_up(client, "1.00"));
        match reason(&answer) {
            "-" => done += 1,
            "full" => full += 1,
            _ => panic!("{answer}"),
        }
        assert!(done < 5000, "the disk is not full");
    }
    std::fs::remove_file(ballast).unwrap();
    for _ in 0..10 {
        ok(&club.engine, &top_up(client, "1.00"));
        done += 1;
    }
    assert_eq!(club.balance(client), done * 100);
    entries(&club.engine, 3 + usize::try_from(done).unwrap());
    sound(&club.engine);
    drop((club, admin, server, disk));
}
