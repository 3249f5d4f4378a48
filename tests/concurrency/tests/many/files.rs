//! Newer stores, files that are none, damaged ones, backups.

use crate::club::{Club, ok, run, sound};
use carnet::{Code, Engine, Options, Reason};
use carnet_fault::Rng;
use serde_json::json;
use std::fs;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};

/// Why a store does not open.
fn refused(path: &Path, options: Options) -> Reason {
    let error = Engine::open(path, options).err();
    error.unwrap_or_else(|| panic!("{} opens", path.display())).reason()
}

#[test]
fn a_newer_store_is_refused_at_once_and_in_the_middle_of_a_run() {
    let club = Club::new();
    let client = club.client();
    let other = rusqlite::Connection::open(&club.path).unwrap();
    let change = json!({"op": "client.change", "args": {"client": client, "set": {"first_name": "Ana"}}});
    let get = json!({"op": "client.get", "args": {"client": client}});
    for request in [&change, &get] {
        ok(&club.engine, request);
    }
    let version: i64 = other.query_row("PRAGMA user_version", [], |row| row.get(0)).unwrap();
    other.execute_batch("PRAGMA user_version = 999").unwrap();
    for request in [&change, &get] {
        let answer = run(&club.engine, request);
        assert_eq!(
            (&answer["error"]["code"], &answer["error"]["reason"]),
            (&json!("storage"), &json!("newer"))
        );
    }
    assert_eq!(refused(&club.path, Options::default()), Reason::Newer);
    // Nothing was written meanwhile, and all goes on if the version comes back.
    other.execute_batch(&format!("PRAGMA user_version = {version}")).unwrap();
    let got = ok(&club.engine, &get);
    assert_eq!(got["client"]["version"], 2);
    sound(&club.engine);
}

#[test]
fn what_is_no_store_is_not_touched() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("x.db");
    assert_eq!(refused(&path, Options::default()), Reason::Missing);
    assert!(!path.exists(), "asking for a store made one");
    assert_eq!(refused(&folder.path().join("none").join("x.db"), Options::create()), Reason::Missing);

    // Another program's database, with and without the number that Carnet's first version has.
    for version in [0, 1] {
        let path = folder.path().join(format!("other {version}.db"));
        let other = rusqlite::Connection::open(&path).unwrap();
        other.execute_batch(&format!("CREATE TABLE t (x); PRAGMA user_version = {version}")).unwrap();
        drop(other);
        for options in [Options::default(), Options::create()] {
            assert_eq!(refused(&path, options), Reason::Corrupt);
        }
        let tables = rusqlite::Connection::open(&path).unwrap().query_row(
            "SELECT count(*) FROM sqlite_schema",
            [],
            |row| row.get::<_, i64>(0),
        );
        assert_eq!(tables, Ok(1));
    }

    // Our marks, and nothing else of ours.
    let path = folder.path().join("hollow.db");
    let hollow = rusqlite::Connection::open(&path).unwrap();
    hollow
        .execute_batch("CREATE TABLE t (x); PRAGMA application_id = 1130459758; PRAGMA user_version = 1")
        .unwrap();
    drop(hollow);
    assert_eq!(refused(&path, Options::default()), Reason::Corrupt);

    let path = folder.path().join("letter.db");
    fs::write(&path, "Dear Sir or Madam,\n".repeat(500)).unwrap();
    assert_eq!(refused(&path, Options::create()), Reason::Corrupt);
    assert!(fs::read_to_string(&path).unwrap().starts_with("Dear Sir"));
}

#[test]
fn a_folder_that_cannot_be_written_to_is_a_typed_error() {
    let club = Club::new();
    club.engine.close().unwrap();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("club.db");
    fs::copy(&club.path, &path).unwrap();
    let set = |read_only: bool| {
        for path in [path.as_path(), folder.path()] {
            let mut permissions = fs::metadata(path).unwrap().permissions();
            permissions.set_readonly(read_only);
            fs::set_permissions(path, permissions).unwrap();
        }
    };
    set(true);
    // The superuser may write everywhere; then this shows nothing.
    let may_write = fs::write(folder.path().join("probe"), "").is_ok();
    let opened = Engine::open(&path, Options::default());
    let made = Engine::open(folder.path().join("new.db"), Options::create());
    let errors = [opened.err(), made.err()];
    set(false);
    for error in errors {
        match error {
            Some(error) => assert_eq!(error.code(), Code::Storage, "{error}"),
            None => assert!(may_write, "it opens"),
        }
    }
}

/// Opens a file that may be damaged and looks at all of it. No panic, no hang, no `internal`.
fn look(path: &Path, what: &str) -> bool {
    let engine = match Engine::open(path, Options::default()) {
        Ok(engine) => engine,
        Err(error) => {
            assert_eq!(error.code(), Code::Storage, "{what}: {error}");
            return false;
        }
    };
    let mut well = true;
    for op in ["store.check", "journal.verify", "access.who_is_in", "report.owed", "day.open"] {
        let answer = run(&engine, &json!({"op": op}));
        if let Some(error) = answer.get("error") {
            assert!(error["code"] != "internal", "{what}: {op}: {error}");
            well = false;
        } else if answer["reply"]["ok"] == false {
            well = false;
        }
    }
    well
}

#[test]
fn damaged_files_give_typed_errors() {
    let club = Club::new();
    for _ in 0..20 {
        let client = club.client();
        club.pass(client);
        club.top_up(client, "10.00");
        ok(&club.engine, &json!({"op": "access.enter", "args": {"client": client}}));
    }
    club.engine.close().unwrap();
    let sound = fs::read(&club.path).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("club.db");
    let mut rng = Rng::new(5);
    let mut seen = 0;
    let runs = 300;
    for round in 0..runs {
        let mut bytes = sound.clone();
        let place = usize::try_from(rng.below(u64::try_from(bytes.len()).unwrap())).unwrap();
        let what = match round % 4 {
            0 => {
                bytes.truncate(place);
                format!("cut at {place}")
            }
            1 => {
                let page = place / 4096 * 4096;
                bytes[page..page + 4096].fill(0);
                format!("zeros at {page}")
            }
            2 => {
                bytes[place] ^= 1 << rng.below(8);
                format!("a bit at {place}")
            }
            _ => {
                let page = place / 4096 * 4096;
                bytes[page..page + 4096].iter_mut().for_each(|byte| *byte = rng.bits().to_be_bytes()[0]);
                format!("noise at {page}")
            }
        };
        for file in fs::read_dir(folder.path()).unwrap() {
            fs::remove_file(file.unwrap().path()).unwrap();
        }
        fs::write(&path, bytes).unwrap();
        seen += usize::from(!look(&path, &what));
    }
    println!("{runs} damaged files, {seen} seen to be");
    assert!(seen * 2 > runs, "the check sees too little: {seen} of {runs}");
}

#[test]
fn a_backup_of_a_busy_store_is_whole() {
    let club = Club::new();
    let client = club.client();
    let stop = AtomicBool::new(false);
    let folder = tempfile::tempdir().unwrap();
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                while !stop.load(Ordering::Relaxed) {
                    club.top_up(client, "1.00");
                }
            });
        }
        let mut before = 0;
        for number in 0..5 {
            std::thread::sleep(std::time::Duration::from_millis(30));
            let (copy, restored) =
                (folder.path().join(format!("{number}")), folder.path().join(format!("r{number}")));
            club.engine.backup(&copy).unwrap();
            assert_eq!(club.engine.backup(&copy).unwrap_err().reason(), Reason::Exists);
            Engine::restore(&copy, &restored).unwrap();
            let engine = Engine::open(&restored, Options::default()).unwrap();
            let entries = sound(&engine);
            assert!(entries > before, "nothing was written between two backups");
            before = entries;
        }
        stop.store(true, Ordering::Relaxed);
    });
    sound(&club.engine);
}

#[test]
fn a_damaged_backup_is_not_restored() {
    let club = Club::new();
    let client = club.client();
    for _ in 0..20 {
        club.top_up(client, "1.00");
    }
    let folder = tempfile::tempdir().unwrap();
    let [copy, to] = ["copy", "to"].map(|name| folder.path().join(name));
    club.engine.backup(&copy).unwrap();
    let whole = fs::read(&copy).unwrap();

    let mut half = whole.clone();
    half.truncate(whole.len() / 2 / 4096 * 4096);
    fs::write(&copy, half).unwrap();
    assert_eq!(Engine::restore(&copy, &to).unwrap_err().reason(), Reason::Corrupt);
    assert!(!to.exists(), "a damaged copy is left behind");

    // Sound pages, wrong books.
    fs::write(&copy, whole).unwrap();
    let other = rusqlite::Connection::open(&copy).unwrap();
    other.execute_batch("UPDATE lot SET rest = 99 WHERE lot = (SELECT min(lot) FROM lot)").unwrap();
    drop(other);
    let error = Engine::restore(&copy, &to).unwrap_err();
    assert_eq!(error.reason(), Reason::Corrupt, "{error}");
    assert!(!to.exists(), "a damaged copy is left behind");
}
