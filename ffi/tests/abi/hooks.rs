//! What calls back: backup, log; and how the processor is set meanwhile.

use crate::support::{Club, open, told};
use carnet_abi::*;
use engine::Reason;
use std::ffi::{CStr, c_char, c_void};
use std::ptr::null_mut;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU32, Ordering};

fn backup(club: &Club, to: &std::path::Path, progress: carnet_progress, user: *mut c_void) -> i32 {
    let to = to.to_str().expect("a path");
    // SAFETY: a text with its length, a function that takes what is given.
    unsafe { carnet_backup(club.engine, to.as_ptr().cast(), to.len(), progress, user, null_mut()) }
}

/// What a backup told, and another engine that writes meanwhile.
struct Watch {
    told: Vec<(i64, i64)>,
    other: *mut carnet_engine,
    stop_at: usize,
}

unsafe extern "C" fn watch(user: *mut c_void, done: i64, total: i64) -> i32 {
    // SAFETY: what `backup` was given.
    let watch = unsafe { &mut *user.cast::<Watch>() };
    watch.told.push((done, total));
    if !watch.other.is_null() {
        let add = c"{\"op\":\"client.add\",\"args\":{\"first_name\":\"Cid\"}}";
        // SAFETY: an open engine, a text that ends.
        let code = unsafe { carnet_execute(watch.other, add.as_ptr(), usize::MAX, null_mut(), null_mut()) };
        assert_eq!(code, 0);
    }
    i32::from(watch.told.len() == watch.stop_at)
}

#[test]
fn a_backup_tells_how_far_it_is_and_ends_when_told() {
    let club = Club::open();
    // Some ten thousand pages, so that there are several steps.
    let blob = "x".repeat(900);
    let one = format!(r#"{{"op":"client.add","args":{{"first_name":"Bea","notes":"{blob}"}}}}"#);
    let many = format!("[{}]", vec![one; 700].join(","));
    for _ in 0..6 {
        // SAFETY: a text with its length.
        let code = unsafe {
            carnet_execute_batch(club.engine, many.as_ptr().cast(), many.len(), null_mut(), null_mut())
        };
        assert_eq!(code, 0);
    }
    let to = club.folder.path().join("copy.db");
    let mut stopped = Watch { told: Vec::new(), other: null_mut(), stop_at: 2 };
    assert_eq!(backup(&club, &to, Some(watch), (&raw mut stopped).cast()), Reason::Interrupted.number());
    assert_eq!(stopped.told.len(), 2);
    assert!(!to.exists(), "half a copy is none");
    // Every step is followed by a commit of somebody else, and still it ends.
    let mut other = open(&club.folder.path().join("club.db"), "{}");
    let mut whole = Watch { told: Vec::new(), other, stop_at: 0 };
    assert_eq!(backup(&club, &to, Some(watch), (&raw mut whole).cast()), 0);
    assert!(whole.told.len() > 2 && whole.told.is_sorted(), "{:?}", whole.told);
    let (done, total) = *whole.told.last().expect("told");
    assert_eq!(done, total);
    assert_eq!(backup(&club, &to, None, null_mut()), Reason::Exists.number());
    // SAFETY: the handle is one's own.
    assert_eq!(unsafe { carnet_engine_close(&raw mut other, null_mut()) }, 0);
    let copy = Club { engine: open(&to, "{}"), folder: tempfile::tempdir().expect("a folder") };
    assert_eq!(copy.asked(r#"{"op":"store.check"}"#)["ok"], true);
    assert_eq!(copy.head()["entries"], 6 + 6 * 700);
}

static LINES: Mutex<Vec<(i32, String, String)>> = Mutex::new(Vec::new());
static FREED: AtomicU32 = AtomicU32::new(0);

unsafe extern "C" fn line(user: *mut c_void, level: i32, target: *const c_char, message: *const c_char) {
    assert_eq!(user.addr(), 42);
    // SAFETY: texts that end, valid during the call.
    let [target, message] =
        [target, message].map(|text| unsafe { CStr::from_ptr(text) }.to_str().expect("UTF-8").to_owned());
    LINES.lock().expect("a lock").push((level, target, message));
}

unsafe extern "C" fn freed(user: *mut c_void) {
    assert_eq!(user.addr(), 42);
    FREED.fetch_add(1, Ordering::SeqCst);
}

#[test]
fn the_log_goes_to_whom_the_host_says() {
    let user = std::ptr::without_provenance_mut(42);
    let set = |level: i32, log: carnet_log| {
        let mut error = null_mut();
        // SAFETY: functions that take what is given.
        let code = unsafe { carnet_log_set(level, log, user, Some(freed), &raw mut error) };
        if code == 0 { Ok(()) } else { Err(told(&mut error)) }
    };
    assert_eq!(set(9, Some(line)).expect_err("no such level")["field"], "level");
    assert_eq!(FREED.load(Ordering::SeqCst), 1, "freed although it failed");
    set(CARNET_LOG_INFO, Some(line)).expect("set");
    drop(Club::open());
    let opened = |lines: &[(i32, String, String)]| {
        let is_opened =
            |line: &&(i32, String, String)| line.2 == "a store was opened" && line.0 == CARNET_LOG_INFO;
        lines.iter().filter(is_opened).count()
    };
    let seen = LINES.lock().expect("a lock").clone();
    assert!(opened(&seen) >= 1, "{seen:?}");
    assert!(seen.iter().all(|(level, target, _)| *level <= CARNET_LOG_INFO && target.starts_with("carnet")));
    set(CARNET_LOG_ERROR, Some(line)).expect("set");
    assert_eq!(FREED.load(Ordering::SeqCst), 2, "the earlier one");
    set(CARNET_LOG_DEBUG, None).expect("nobody");
    assert_eq!(FREED.load(Ordering::SeqCst), 4, "both");
    let before = LINES.lock().expect("a lock").len();
    drop(Club::open());
    assert_eq!(LINES.lock().expect("a lock").len(), before);
}

#[cfg(target_arch = "x86_64")]
mod floating {
    use super::{Club, c_void};
    use std::arch::asm;

    fn control() -> (u16, u32) {
        let (mut x87, mut sse) = (0_u16, 0_u32);
        // SAFETY: both write where they are told.
        unsafe { asm!("fnstcw [{}]", "stmxcsr [{}]", in(reg) &raw mut x87, in(reg) &raw mut sse) };
        (x87, sse & !0x3f)
    }

    fn set((x87, sse): (u16, u32)) {
        // SAFETY: both read what they are given.
        unsafe {
            asm!("fnclex", "fldcw [{}]", "ldmxcsr [{}]", in(reg) &raw const x87, in(reg) &raw const sse)
        };
    }

    unsafe extern "C" fn look(user: *mut c_void, _: i64, _: i64) -> i32 {
        // SAFETY: what `backup` was given.
        unsafe { *user.cast::<(u16, u32)>() = control() };
        0
    }

    /// A Delphi host: division by zero and invalid operations raise, and it rounds down.
    #[test]
    fn what_the_host_set_is_put_aside_and_comes_back() {
        const DELPHI: (u16, u32) = (0x1372 & !0x0c00 | 0x0400, 0x1f80 & !0x0280 | 0x2000);
        let club = Club::open();
        let mut inside = (0, 0);
        let usual = control();
        set(DELPHI);
        let code =
            super::backup(&club, &club.folder.path().join("copy.db"), Some(look), (&raw mut inside).cast());
        let after = control();
        set(usual);
        assert_eq!((code, after), (0, DELPHI));
        assert_eq!(inside, (0x037f, 0x1f80));
    }
}
