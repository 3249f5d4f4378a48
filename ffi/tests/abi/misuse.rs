//! What no caller should do ends in a code.

use crate::support::{Club, NOTHING, empty, furnish, open, told};
use carnet_abi::*;
use engine::Reason;
use std::ffi::CStr;
use std::ptr::{null, null_mut, without_provenance, without_provenance_mut};

fn text(text: *const std::ffi::c_char) -> String {
    // SAFETY: static memory.
    unsafe { CStr::from_ptr(text) }.to_str().expect("UTF-8").to_owned()
}

#[test]
fn versions_are_those_of_the_crate_and_of_the_header() {
    assert_eq!(text(carnet_version()), env!("CARGO_PKG_VERSION"));
    let header = include_str!("../../../include/carnet.h");
    let defined = |name: &str| {
        let line = header.lines().find_map(|line| line.strip_prefix(&format!("#define {name} ")));
        line.expect(name).parse::<i32>().expect("a number")
    };
    let [major, minor, patch] =
        ["MAJOR", "MINOR", "PATCH"].map(|part| defined(&format!("CARNET_VERSION_{part}")));
    assert_eq!(format!("{major}.{minor}.{patch}"), env!("CARGO_PKG_VERSION"));
    assert_eq!(carnet_version_number(), major * 1_000_000 + minor * 1000 + patch);
    assert_eq!(carnet_abi_version(), defined("CARNET_ABI_VERSION"));
}

#[test]
fn numbers_have_names() {
    for reason in Reason::ALL {
        assert_eq!(text(carnet_reason_name(reason.number())), reason.as_str());
        assert_eq!(text(carnet_reason_code(reason.number())), reason.code().as_str());
        assert_eq!(text(carnet_reason_message(reason.number())), reason.message());
    }
    for none in [0, -1, 100, 998, i32::MAX, i32::MIN] {
        assert!(carnet_reason_name(none).is_null() && carnet_reason_code(none).is_null());
        assert!(carnet_reason_message(none).is_null() && carnet_deny_name(none).is_null());
    }
    assert_eq!(text(carnet_deny_name(CARNET_DENY_ERROR)), "error");
    assert_eq!(text(carnet_deny_name(CARNET_DENY_UNKNOWN_CARD)), "unknown_card");
}

#[test]
fn handles_survive_what_is_done_to_them() {
    let mut club = Club::open();
    let (bad, null_pointer) = (Reason::BadHandle.number(), Reason::NullPointer.number());
    let run = |engine: *const carnet_engine| {
        // SAFETY: the handle is looked up, the text ends with a zero byte.
        unsafe { carnet_execute(engine, c"{}".as_ptr(), usize::MAX, null_mut(), null_mut()) }
    };
    let mut error = null_mut();
    let mut changes = null_mut();
    // SAFETY: places to write to.
    unsafe {
        assert_eq!(carnet_execute(club.engine, c"{}".as_ptr(), 2, null_mut(), &raw mut error), 101);
        assert_eq!(carnet_changes_open(club.engine, 0, 0, &raw mut changes, null_mut()), 0);
    }
    assert_eq!(run(null()), null_pointer);
    let invented = [1, 2, 3, 5, 8, usize::MAX, usize::MAX - 1];
    for wrong in invented.into_iter().chain([error.addr(), changes.addr(), club.engine.addr() ^ 1]) {
        assert_eq!(run(without_provenance(wrong)), bad, "{wrong:x}");
    }
    for wrong in invented.into_iter().chain([error.addr(), club.engine.addr()]) {
        // SAFETY: the handle is looked up.
        let code = unsafe { carnet_changes_next(without_provenance(wrong), 0, &mut { NOTHING }, null_mut()) };
        assert_eq!((code, carnet_changes_position(without_provenance(wrong))), (bad, -1), "{wrong:x}");
    }
    for wrong in invented.into_iter().chain([changes.addr(), club.engine.addr()]) {
        assert!(carnet_error_json(without_provenance(wrong)).is_null());
        assert_eq!(carnet_error_number(without_provenance(wrong)), bad);
        let mut stranger = without_provenance_mut(wrong);
        // SAFETY: a place to write to.
        unsafe { carnet_error_free(&raw mut stranger) };
    }
    let (engine, freed, old) = (club.engine, error, changes);
    // SAFETY: places to write to; each is given back twice, and null once more.
    unsafe {
        carnet_error_free(&raw mut error);
        assert!(error.is_null());
        let mut again = freed;
        carnet_error_free(&raw mut again);
        carnet_error_free(&raw mut again);
        carnet_error_free(null_mut());
        assert_eq!(carnet_error_number(freed), bad);
        assert!(carnet_error_reason(freed).is_null() && carnet_error_field(freed).is_null());
        assert!(carnet_error_code(freed).is_null() && carnet_error_message(freed).is_null());
        assert_eq!(
            (carnet_error_index(freed), carnet_error_number(null()), carnet_error_index(null())),
            (-1, 0, -1)
        );
        carnet_changes_free(&raw mut changes);
        let mut again = old;
        carnet_changes_free(&raw mut again);
        carnet_changes_free(null_mut());
        assert_eq!(carnet_changes_next(old, 0, &mut { NOTHING }, null_mut()), bad);
        carnet_string_free(null_mut());
        carnet_string_free(&mut { NOTHING });
        assert_eq!(carnet_engine_close(&raw mut club.engine, null_mut()), 0);
        assert_eq!(carnet_engine_close(&raw mut club.engine, null_mut()), 0);
        let mut again = engine;
        assert_eq!(carnet_engine_close(&raw mut again, null_mut()), bad);
        assert_eq!(carnet_engine_close(null_mut(), null_mut()), 0);
        assert_eq!(carnet_interrupt(engine, null_mut()), bad);
    }
    assert_eq!(run(engine), bad);
    let other = open(&club.folder.path().join("club.db"), "{}");
    assert_ne!(other, engine, "no handle is used again");
    assert_eq!(run(engine), bad);
    club.engine = other;
}

#[test]
fn null_where_something_must_be_is_a_code() {
    let club = Club::open();
    furnish(&club);
    let wrong = Reason::NullPointer.number();
    let access: carnet_access = empty();
    let mut error = null_mut();
    // SAFETY: pointers are null or good.
    unsafe {
        assert_eq!(carnet_engine_open(null(), 5, null(), 0, &mut club.engine.clone(), null_mut()), wrong);
        assert_eq!(carnet_engine_open(c"x".as_ptr(), 1, null(), 0, null_mut(), null_mut()), wrong);
        assert_eq!(carnet_execute(club.engine, null(), 5, null_mut(), &raw mut error), wrong);
        assert_eq!(told(&mut error)["field"], "request");
        assert_eq!(carnet_access_decide(club.engine, null(), &access, null_mut(), &raw mut error), wrong);
        assert_eq!(told(&mut error)["field"], "decision");
        assert_eq!(
            carnet_access_enter(club.engine, null(), null(), null_mut(), null_mut(), &raw mut error),
            wrong
        );
        assert_eq!(told(&mut error)["field"], "access");
        assert_eq!(carnet_changes_open(club.engine, 0, 0, null_mut(), null_mut()), wrong);
        assert_eq!(carnet_changes_next(null(), 0, &mut { NOTHING }, null_mut()), wrong);
        assert_eq!(carnet_backup(club.engine, null(), 1, None, null_mut(), null_mut()), wrong);
        assert_eq!(carnet_account_balance(null(), null(), 1, null(), 0, &mut empty(), null_mut()), wrong);
    }
}

#[test]
fn a_struct_of_another_size_is_not_touched() {
    let club = Club::open();
    let first = club.first();
    let wrong = Reason::BadStruct.number();
    for size in [0, 4, u32::try_from(size_of::<carnet_decision>()).expect("small") - 8, 100_000, u32::MAX] {
        let mut access: carnet_access = empty();
        access.client = first;
        let mut decision: carnet_decision = empty();
        (decision.struct_size, decision.outcome, decision.line1[0]) = (size, 77, 7);
        // SAFETY: structs as large as their types, which is more than is read of one with a wrong size.
        let code =
            unsafe { carnet_access_decide(club.engine, null(), &access, &raw mut decision, null_mut()) };
        assert_eq!((code, decision.outcome, decision.line1[0]), (wrong, 77, 7), "{size}");
        access.struct_size = size;
        decision = empty();
        decision.outcome = 77;
        // SAFETY: as above.
        let code =
            unsafe { carnet_access_decide(club.engine, null(), &access, &raw mut decision, null_mut()) };
        assert_eq!((code, decision.outcome), (wrong, 0), "emptied, {size}");
        let mut call: carnet_call = empty();
        call.struct_size = size;
        access = empty();
        // SAFETY: as above.
        let code =
            unsafe { carnet_access_enter(club.engine, &call, &access, null_mut(), null_mut(), null_mut()) };
        assert_eq!(code, wrong, "{size}");
    }
    let mut room = [0_u64; 40];
    let odd = room.as_mut_ptr().cast::<u8>().wrapping_add(1).cast::<carnet_exited>();
    let mut error = null_mut();
    // SAFETY: it is refused before it is read.
    let code = unsafe { carnet_access_exit(club.engine, null(), &empty(), odd, &raw mut error) };
    assert_eq!((code, told(&mut error)["details"]["why"].as_str()), (wrong, Some("alignment")));
}

#[test]
fn texts_that_are_none_are_refused() {
    let club = Club::open();
    let mut error = null_mut();
    let latin1 = b"{\"op\":\"client.add\",\"args\":{\"first_name\":\"Andr\xe9\"}}";
    // SAFETY: texts with their lengths.
    unsafe {
        let code =
            carnet_execute(club.engine, latin1.as_ptr().cast(), latin1.len(), null_mut(), &raw mut error);
        assert_eq!((code, told(&mut error)["reason"].as_str()), (110, Some("bad_utf8")));
        let mut card: carnet_card = empty();
        let code =
            carnet_card_find(club.engine, null(), b"\xff".as_ptr().cast(), 1, &raw mut card, null_mut());
        assert_eq!(code, 110);
        let far = usize::MAX - 1;
        assert_eq!(carnet_execute(club.engine, latin1.as_ptr().cast(), far, null_mut(), null_mut()), 112);
    }
}

#[test]
fn a_batch_is_all_or_nothing_and_names_what_failed() {
    let club = Club::open();
    let run = |requests: &str| {
        let (mut replies, mut error) = (NOTHING, null_mut());
        // SAFETY: a text with its length, places to write to.
        let code = unsafe {
            carnet_execute_batch(
                club.engine,
                requests.as_ptr().cast(),
                requests.len(),
                &raw mut replies,
                &raw mut error,
            )
        };
        (code, replies, carnet_error_index(error), error)
    };
    let add = |name: &str| format!(r#"{{"op":"client.add","args":{{"first_name":"{name}"}}}}"#);
    let (code, replies, _, _) = run(&format!("[{},{}]", add("Bea"), add("Cid")));
    let told_of: serde_json::Value = serde_json::from_str(&crate::support::taken(replies)).expect("JSON");
    assert_eq!((code, told_of["replies"].as_array().map(Vec::len)), (0, Some(2)));
    let before = club.head();
    let (code, replies, index, mut error) = run(&format!("[{},{}]", add("Dan"), add("")));
    assert!(replies.ptr.is_null());
    assert_eq!((code, index, told(&mut error)["field"].as_str()), (107, 1, Some("first_name")));
    let (code, _, index, mut error) = run("{}");
    assert_eq!((code, index, told(&mut error)["reason"].as_str()), (102, -1, Some("wrong_type")));
    let (code, _, index, mut error) = run(&format!("[{},{}]", add("Eve"), r#"{"op":"venue.list"}"#));
    assert_eq!((code, index, told(&mut error)["reason"].as_str()), (125, 1, Some("not_a_batch")));
    assert_eq!(club.head(), before, "nothing was written");
}

/// Nothing but `carnet_*` leaves the library.
#[test]
fn only_our_names_are_exported() {
    let folder = std::env::current_exe().expect("a path");
    let library = folder.ancestors().map(|folder| folder.join("libcarnet.so")).find(|path| path.exists());
    let Some(library) = library else {
        println!("skipped: no libcarnet.so was built here");
        return;
    };
    let Ok(found) = std::process::Command::new("nm").args(["-D", "--defined-only"]).arg(library).output()
    else {
        println!("skipped: no nm on this machine");
        return;
    };
    let found = String::from_utf8(found.stdout).expect("text");
    let names: Vec<&str> = found.lines().filter_map(|line| line.rsplit(' ').next()).collect();
    assert!(names.contains(&"carnet_execute"));
    let strange: Vec<_> = names.iter().filter(|name| !name.starts_with("carnet_")).collect();
    assert!(strange.is_empty(), "{strange:?}");
}
