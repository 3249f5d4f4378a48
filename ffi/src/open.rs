//! Stores: open, close, interrupt, copy.

use crate::errors::carnet_error;
use crate::handles::{Kind, Registry};
use crate::memory::{boundary, bytes, put, text};
use engine::{Engine, Error, OpenOptions, Reason, Result};
use std::ffi::{c_char, c_void};
use std::sync::atomic::{AtomicBool, Ordering};

/// An open store. A handle: looked up, never followed.
/// @threadsafe any thread, several at a time
/// @since 0.1.0
#[expect(non_camel_case_types, reason = "the name in C")]
pub struct carnet_engine {
    _opaque: [u8; 0],
}

/// Told how far a backup is.
///
/// @param user       what was given to `carnet_backup`
/// @param done       how much is copied: pages of a file, entries of the journal of a server
/// @param total      of how much, as far as is known; 0 where it is not
/// @return 0 to go on; anything else ends the backup with `CARNET_REASON_INTERRUPTED`
/// @threadsafe called on the thread of the call, which must not call into the same engine
/// @since 0.1.0
#[expect(non_camel_case_types, reason = "the name in C")]
pub type carnet_progress = Option<unsafe extern "C" fn(user: *mut c_void, done: i64, total: i64) -> i32>;

/// What a `carnet_engine` handle stands for.
#[repr(C)]
pub(crate) struct Open {
    /// Set when a call panicked: what the engine holds in memory can no longer be trusted.
    broken: AtomicBool,
    engine: Engine,
}

static ENGINES: Registry<Open> = Registry::new(Kind::Engine);

/// Opens a store: a SQLite file by its path, or a PostgreSQL server by its URL, `postgresql://user@host/database`.
///
/// @param path       UTF-8
/// @param path_len   its length in bytes; `SIZE_MAX` if a zero byte ends it
/// @param options    a JSON object, such as `{"create":true}`; null for none
/// @param options_len its length in bytes; `SIZE_MAX` if a zero byte ends it
/// @param engine     gets the handle, to be closed; null on failure
/// @param error      gets details of a failure, to be freed; may be null
/// @return 0, or the number of a reason: `CARNET_REASON_MISSING` where there is no store and `create` is not set
/// @threadsafe any thread, several at a time
/// @since 0.1.0
///
/// # Safety
/// Texts are readable over their length; `engine` and `error` are null or writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn carnet_engine_open(
    path: *const c_char,
    path_len: usize,
    options: *const c_char,
    options_len: usize,
    engine: *mut *mut carnet_engine,
    error: *mut *mut carnet_error,
) -> i32 {
    let body = || {
        // SAFETY: the caller promises that `engine` is null or writable.
        if !unsafe { put(engine, std::ptr::null_mut()) } {
            return Err(Error::field(Reason::NullPointer, "engine"));
        }
        // SAFETY: the caller promises that the text is readable over its length.
        let path = unsafe { text(path, path_len, "path") }?;
        let options = if options.is_null() {
            OpenOptions::default()
        } else {
            // SAFETY: the caller promises that the text is readable over its length.
            let json = unsafe { bytes(options, options_len, "options") }?;
            OpenOptions::from_json(json).map_err(|error| error.within("options"))?
        };
        let handle = adopt(Engine::open(path, options.try_into()?)?)?;
        // SAFETY: as above.
        unsafe { put(engine, handle) };
        Ok(())
    };
    // SAFETY: the caller promises that `error` is null or writable.
    unsafe { boundary(error, body) }
}

/// Closes a store and sets the handle to null; does nothing to one that is null. Running calls are waited for, those that
/// wait for changes end; the engine's threads have ended when it returns. Later calls fail with `CARNET_REASON_BAD_HANDLE`.
///
/// @param engine     the handle, by its address
/// @param error      gets details of a failure, to be freed; may be null
/// @return 0, or the number of a reason; the store is closed all the same
/// @threadsafe any thread; not from a callback of the same engine
/// @since 0.1.0
///
/// # Safety
/// `engine` and `error` are null or writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn carnet_engine_close(
    engine: *mut *mut carnet_engine,
    error: *mut *mut carnet_error,
) -> i32 {
    let body = || {
        if engine.is_null() {
            return Ok(());
        }
        // SAFETY: not null, and the caller promises that it can be read and written.
        let handle = unsafe { engine.replace(std::ptr::null_mut()) };
        if handle.is_null() {
            return Ok(());
        }
        // First while others still use it, so that those who wait inside it come out.
        let closed = ENGINES.with(handle.addr(), |open| open.engine.close()).ok_or(Reason::BadHandle)?;
        drop(ENGINES.remove(handle.addr()));
        closed
    };
    // SAFETY: the caller promises that `error` is null or writable.
    unsafe { boundary(error, body) }
}

/// Interrupts what is running on an engine: reads, waits for changes and for a turn to write, and backups end with
/// `CARNET_REASON_INTERRUPTED`. A write that has begun is carried out. Calls that begin afterwards are not affected. On a
/// server, a statement that is running there is waited for.
///
/// @param engine     an open engine
/// @param error      gets details of a failure, to be freed; may be null
/// @return 0, or the number of a reason
/// @threadsafe any thread, several at a time; also from a callback
/// @since 0.1.0
///
/// # Safety
/// `error` is null or writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn carnet_interrupt(
    engine: *const carnet_engine,
    error: *mut *mut carnet_error,
) -> i32 {
    let body = || {
        using(engine, |engine| {
            engine.interrupt();
            Ok(())
        })
    };
    // SAFETY: the caller promises that `error` is null or writable.
    unsafe { boundary(error, body) }
}

/// Copies a running store to a new file, which is a whole store by itself. From a server, the journal is replayed into it.
///
/// @param engine     an open engine
/// @param path       where to, UTF-8
/// @param path_len   its length in bytes; `SIZE_MAX` if a zero byte ends it
/// @param progress   told how far it is, several times a second; may be null
/// @param user       handed to `progress`
/// @param error      gets details of a failure, to be freed; may be null
/// @return 0, or the number of a reason: `CARNET_REASON_EXISTS` if something is there already,
///                   `CARNET_REASON_INTERRUPTED` if `progress` ended it, and then nothing is left there
/// @threadsafe any thread, several at a time
/// @since 0.1.0
///
/// # Safety
/// The text is readable over its length; `progress` is null or such a function; `error` is null or writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn carnet_backup(
    engine: *const carnet_engine,
    path: *const c_char,
    path_len: usize,
    progress: carnet_progress,
    user: *mut c_void,
    error: *mut *mut carnet_error,
) -> i32 {
    let body = || {
        using(engine, |engine| {
            // SAFETY: the caller promises that the text is readable over its length.
            let path = unsafe { text(path, path_len, "path") }?;
            let mut goes_on = |done, total| {
                // SAFETY: the caller promises that it is such a function.
                progress.is_none_or(|progress| unsafe { progress(user, done, total) } == 0)
            };
            engine.backup_with(path, &mut goes_on)
        })
    };
    // SAFETY: the caller promises that `error` is null or writable.
    unsafe { boundary(error, body) }
}

/// Marks an engine as broken when a call on it panics.
struct Breaks<'a> {
    open: &'a Open,
    armed: bool,
}

impl Drop for Breaks<'_> {
    fn drop(&mut self) {
        if self.armed {
            self.open.broken.store(true, Ordering::Relaxed);
        }
    }
}

/// Gives an engine that Rust opened a handle: for benchmarks, which compare both ways of calling one engine.
///
/// # Errors
/// `internal` if there is no room for a handle.
pub fn adopt(engine: Engine) -> Result<*mut carnet_engine> {
    let handle = ENGINES.add(Open { engine, broken: AtomicBool::new(false) })?;
    Ok(std::ptr::without_provenance_mut(handle))
}

/// Lends the engine of a handle to a call.
///
/// # Errors
/// `null_pointer`, `bad_handle`, `poisoned`; those of the call.
#[inline]
pub fn using<T>(engine: *const carnet_engine, call: impl FnOnce(&Engine) -> Result<T>) -> Result<T> {
    if engine.is_null() {
        return Err(no_engine());
    }
    of_handle(engine.addr(), call)
}

/// The same by its number.
#[inline]
pub(crate) fn of_handle<T>(handle: usize, call: impl FnOnce(&Engine) -> Result<T>) -> Result<T> {
    let with = |open: &Open| {
        if open.broken.load(Ordering::Relaxed) {
            return Err(unusable(Reason::Poisoned));
        }
        let mut guard = Breaks { open, armed: true };
        let outcome = call(&open.engine);
        guard.armed = false;
        outcome
    };
    ENGINES.with(handle, with).unwrap_or_else(|| Err(unusable(Reason::BadHandle)))
}

#[cold]
fn no_engine() -> Error {
    Error::field(Reason::NullPointer, "engine")
}

#[cold]
fn unusable(reason: Reason) -> Error {
    reason.into()
}

const fn assert_send_sync<T: Send + Sync>() {}
const _: () = assert_send_sync::<Open>();

#[cfg(test)]
mod tests {
    use super::*;
    use std::ptr::{null, null_mut};

    #[test]
    fn an_engine_in_which_a_call_panicked_says_so_until_it_is_closed() {
        let folder = std::env::temp_dir().join(format!("carnet-poisoned-{}.db", std::process::id()));
        let path = folder.to_str().expect("a path");
        let mut engine = null_mut();
        let options = r#"{"create":true}"#;
        // SAFETY: texts with their lengths, places to write to; the same below.
        unsafe {
            let code = carnet_engine_open(
                path.as_ptr().cast(),
                path.len(),
                options.as_ptr().cast(),
                options.len(),
                &raw mut engine,
                null_mut(),
            );
            assert_eq!(code, 0);
            let panics = || using::<()>(engine, |_| panic!("a defect"));
            assert_eq!(boundary(null_mut(), panics), Reason::Internal.number());
            let code = crate::carnet_execute(engine, c"{}".as_ptr(), 2, null_mut(), null_mut());
            assert_eq!(code, Reason::Poisoned.number());
            assert_eq!(carnet_interrupt(engine, null_mut()), Reason::Poisoned.number());
            let code = crate::carnet_account_balance(engine, null(), 1, null(), 0, null_mut(), null_mut());
            assert_eq!(code, Reason::NullPointer.number(), "what is wrong with the call itself comes first");
            assert_eq!(carnet_engine_close(&raw mut engine, null_mut()), 0);
        }
        for end in ["", "-wal", "-shm"] {
            drop(std::fs::remove_file(format!("{path}{end}")));
        }
    }
}
