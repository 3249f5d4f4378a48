//! The change feed, interrupts, and closing while others wait.

use crate::support::{Club, NOTHING, taken};
use carnet_abi::*;
use engine::Reason;
use serde_json::Value;
use std::ptr::{null_mut, without_provenance, without_provenance_mut};
use std::thread;
use std::time::{Duration, Instant};

fn reader(club: &Club, after: i64, limit: i32) -> *mut carnet_changes {
    let mut changes = null_mut();
    // SAFETY: a place to write to.
    assert_eq!(unsafe { carnet_changes_open(club.engine, after, limit, &raw mut changes, null_mut()) }, 0);
    changes
}

fn next(changes: *const carnet_changes, wait_ms: i64) -> Result<Option<Value>, i32> {
    let mut page = NOTHING;
    // SAFETY: a place to write to.
    match unsafe { carnet_changes_next(changes, wait_ms, &raw mut page, null_mut()) } {
        0 if page.ptr.is_null() => Ok(None),
        0 => Ok(Some(serde_json::from_str(&taken(page)).expect("JSON"))),
        code => Err(code),
    }
}

fn add(club: &Club) {
    club.asked(r#"{"op":"client.add","args":{"first_name":"Bea"}}"#);
}

#[test]
fn what_was_done_is_handed_out_once_and_in_order() {
    let club = Club::open();
    let mut changes = reader(&club, 0, 4);
    let mut positions = Vec::new();
    while let Some(page) = next(changes, 0).expect("a page") {
        let entries = page["entries"].as_array().expect("a list");
        assert!(entries.len() <= 4);
        positions.extend(entries.iter().map(|entry| entry["position"].as_i64().expect("a position")));
        assert_eq!(page["last"].as_i64(), positions.last().copied());
        assert_eq!(carnet_changes_position(changes), *positions.last().expect("one"));
    }
    assert_eq!(positions, (1..=6).collect::<Vec<i64>>());
    add(&club);
    assert_eq!(next(changes, 0).expect("a page").expect("one")["entries"][0]["op"], "client.add");
    let again = reader(&club, 6, 0);
    assert_eq!(next(again, 0).expect("a page").expect("one")["last"], 7);
    // SAFETY: the handle is one's own.
    unsafe { carnet_changes_free(&raw mut changes) };
    assert!(changes.is_null());
}

#[test]
fn a_wait_ends_by_its_time_by_a_change_by_an_interrupt_and_by_the_close() {
    let mut club = Club::open();
    let changes = reader(&club, 6, 0).addr();
    let begun = Instant::now();
    assert_eq!(next(without_provenance(changes), 60), Ok(None));
    assert!(begun.elapsed() >= Duration::from_millis(60));
    thread::scope(|scope| {
        let waits = scope.spawn(|| next(without_provenance(changes), 60_000));
        thread::sleep(Duration::from_millis(50));
        add(&club);
        assert_eq!(waits.join().expect("no panic").expect("a page").expect("one")["last"], 7);
    });
    for (end, reason) in [(0, Reason::Interrupted), (1, Reason::Closed)] {
        thread::scope(|scope| {
            let waits = scope.spawn(|| next(without_provenance(changes), 60_000));
            thread::sleep(Duration::from_millis(50));
            let mut engine = without_provenance_mut(club.engine.addr());
            // SAFETY: the handle is one's own.
            let code = unsafe {
                match end {
                    0 => carnet_interrupt(engine, null_mut()),
                    _ => carnet_engine_close(&raw mut engine, null_mut()),
                }
            };
            assert_eq!(code, 0);
            assert_eq!(waits.join().expect("no panic"), Err(reason.number()));
        });
    }
    assert_eq!(next(without_provenance(changes), 60_000), Err(Reason::BadHandle.number()));
    club.engine = null_mut();
    assert!(begun.elapsed() < Duration::from_secs(30));
}

#[test]
fn numbers_out_of_range_are_refused_at_once() {
    let club = Club::open();
    let wrong = Reason::OutOfRange.number();
    for (after, limit) in [(-1, 0), (0, -1), (0, 1001)] {
        let mut changes = without_provenance_mut(77);
        // SAFETY: a place to write to.
        let code = unsafe { carnet_changes_open(club.engine, after, limit, &raw mut changes, null_mut()) };
        assert_eq!((code, changes.is_null()), (wrong, true));
    }
    let changes = reader(&club, 0, 0);
    for wait in [-1, i64::MIN, i64::MAX, 24 * 60 * 60 * 1000 + 1] {
        assert_eq!(next(changes, wait), Err(wrong));
    }
    assert!(next(changes, 24 * 60 * 60 * 1000).expect("at once").is_some());
}

/// Somebody else holds the file: a write waits for it, and is told not to.
#[test]
fn a_write_that_waits_for_another_process_is_interrupted() {
    let club = Club::open();
    let path = club.folder.path().join("club.db");
    let other = rusqlite::Connection::open(path).expect("opens");
    other.execute_batch("BEGIN IMMEDIATE").expect("locks");
    let add = r#"{"op":"client.add","args":{"first_name":"Bea"},"deadline_ms":60000}"#;
    let begun = Instant::now();
    thread::scope(|scope| {
        // One leads and waits for the file, the other waits for its turn behind it.
        let waits: Vec<_> = (0..2).map(|_| scope.spawn(|| club.execute(add))).collect();
        thread::sleep(Duration::from_millis(200));
        // SAFETY: the handle is one's own.
        assert_eq!(unsafe { carnet_interrupt(club.engine, null_mut()) }, 0);
        for wait in waits {
            assert_eq!(wait.join().expect("no panic").expect_err("interrupted")["reason"], "interrupted");
        }
    });
    assert!(begun.elapsed() < Duration::from_secs(20));
    other.execute_batch("ROLLBACK").expect("frees");
    club.execute(add).expect("writes go on");
}

#[test]
fn a_long_read_is_interrupted_and_the_engine_goes_on() {
    let club = Club::open();
    let one = r#"{"op":"client.add","args":{"first_name":"Bea","last_name":"Bell"}}"#;
    let many = format!("[{}]", vec![one; 500].join(","));
    for _ in 0..4 {
        let mut error = null_mut();
        // SAFETY: a text with its length.
        let code = unsafe {
            carnet_execute_batch(club.engine, many.as_ptr().cast(), many.len(), null_mut(), &raw mut error)
        };
        assert_eq!(code, 0);
    }
    thread::scope(|scope| {
        let checks = scope.spawn(|| {
            let until = Instant::now() + Duration::from_secs(60);
            while Instant::now() < until {
                if let Err(error) = club.execute(r#"{"op":"store.check"}"#) {
                    return error;
                }
            }
            panic!("never interrupted");
        });
        while !checks.is_finished() {
            // SAFETY: the handle is one's own.
            assert_eq!(unsafe { carnet_interrupt(club.engine, null_mut()) }, 0);
            thread::sleep(Duration::from_millis(3));
        }
        assert_eq!(checks.join().expect("no panic")["reason"], "interrupted");
    });
    assert_eq!(club.asked(r#"{"op":"store.check"}"#)["ok"], true);
}
