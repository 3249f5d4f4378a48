//! The C ABI of Carnet. Every exported function is declared and documented in `include/carnet.h`, which is
//! made from this crate.
//!
//! A handle is a number in the shape of a pointer: it is looked up, never followed, so a closed or invented
//! handle is an error and not a crash. No panic leaves a function.

mod handles;
mod memory;

use engine::{Engine, Error, OpenOptions, Reason, Result};
use handles::{Held, Registry};
use memory::{boundary, put, text};
use std::ffi::{CStr, c_char};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// An open store. Any thread may use it, several at a time.
#[expect(non_camel_case_types, reason = "the name in C")]
pub struct carnet_engine {
    _opaque: [u8; 0],
}

/// What went wrong. Any thread may read it, several at a time.
#[expect(non_camel_case_types, reason = "the name in C")]
pub struct carnet_error {
    _opaque: [u8; 0],
}

/// Text owned by the library: UTF-8 of `len` bytes, and a zero byte after the end for convenience. Freed by
/// `carnet_string_free`, by nothing else.
#[repr(C)]
pub struct carnet_string {
    /// The text. Null where there is none.
    pub ptr: *const c_char,
    /// Its length in bytes, without the zero byte.
    pub len: usize,
}

/// What a `carnet_engine` handle stands for.
struct Open {
    engine: Engine,
    /// Set when a call panicked: what the engine holds in memory can no longer be trusted.
    broken: AtomicBool,
}

static ENGINES: Registry<Open> = Registry::new();
static ERRORS: Registry<memory::Details> = Registry::new();

/// The version of the library, such as `0.1.0`. Static memory.
#[unsafe(no_mangle)]
pub extern "C" fn carnet_version() -> *const c_char {
    const VERSION: &CStr =
        match CStr::from_bytes_with_nul(concat!(env!("CARGO_PKG_VERSION"), "\0").as_bytes()) {
            Ok(version) => version,
            Err(_) => c"",
        };
    VERSION.as_ptr()
}

/// The version of the ABI. A library serves every program built for the same number; see `CARNET_ABI_VERSION`.
#[unsafe(no_mangle)]
pub extern "C" fn carnet_abi_version() -> i32 {
    1
}

/// Opens a store.
///
/// @param path       UTF-8
/// @param options    a JSON object, such as `{"create":true}`; null for none
/// @param engine     gets the handle; null on failure
/// @param error      gets details of a failure, to be freed; may be null
/// @return 0, or the number of a reason, `CARNET_REASON_*`
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
            let json = unsafe { memory::bytes(options, options_len, "options") }?;
            OpenOptions::from_json(json).map_err(|error| error.within("options"))?
        };
        let open = Open { engine: Engine::open(path, options.try_into()?)?, broken: AtomicBool::new(false) };
        let handle = ENGINES.add(open)?;
        // SAFETY: as above.
        unsafe { put(engine, std::ptr::without_provenance_mut(handle)) };
        Ok(())
    };
    // SAFETY: the caller promises that `error` is null or writable.
    unsafe { boundary(error, body) }
}

/// Closes a store: running calls are waited for, later ones fail with `CARNET_REASON_BAD_HANDLE`. Sets the
/// handle to null; does nothing to one that is null.
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
        ENGINES.remove(handle.addr()).ok_or(Reason::BadHandle)?.engine.close()
    };
    // SAFETY: the caller promises that `error` is null or writable.
    unsafe { boundary(error, body) }
}

/// Executes one operation.
///
/// @param request    a JSON object: `{"op":"client.add","args":{…}}`, UTF-8
/// @param len        its length in bytes; `SIZE_MAX` if a zero byte ends it
/// @param reply      gets the reply as JSON, to be freed; nothing on failure; may be null
/// @param error      gets details of a failure, to be freed; may be null
/// @return 0, or the number of a reason, `CARNET_REASON_*`
///
/// # Safety
/// The text is readable over its length; `reply` and `error` are null or writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn carnet_execute(
    engine: *const carnet_engine,
    request: *const c_char,
    len: usize,
    reply: *mut carnet_string,
    error: *mut *mut carnet_error,
) -> i32 {
    let body = || {
        // SAFETY: the caller promises that `reply` is null or writable.
        unsafe { put(reply, carnet_string::NONE) };
        let open = get(engine)?;
        // SAFETY: the caller promises that the text is readable over its length.
        let request = unsafe { memory::bytes(request, len, "request") }?;
        let mut guard = Breaks { open: &open, armed: true };
        let answer = open.engine.execute(request);
        guard.armed = false;
        let answer = answer?;
        if !reply.is_null() {
            // SAFETY: as above.
            unsafe { put(reply, carnet_string::new(answer)) };
        }
        Ok(())
    };
    // SAFETY: the caller promises that `error` is null or writable.
    unsafe { boundary(error, body) }
}

/// Frees a text and sets it to nothing. Does nothing to a null pointer or to nothing.
///
/// # Safety
/// `string` is null or points to a text of this library or to nothing.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn carnet_string_free(string: *mut carnet_string) {
    let body = || {
        if !string.is_null() {
            // SAFETY: not null, and the caller promises that it is a text of this library or nothing.
            drop(unsafe { string.replace(carnet_string::NONE).into_owned() });
        }
        Ok(())
    };
    // SAFETY: null is allowed.
    unsafe { boundary(std::ptr::null_mut(), body) };
}

/// The number of the reason, `CARNET_REASON_*`. 0 for a null pointer, `CARNET_REASON_BAD_HANDLE` for a freed one.
#[unsafe(no_mangle)]
pub extern "C" fn carnet_error_number(error: *const carnet_error) -> i32 {
    if error.is_null() { 0 } else { details(error).map_or(Reason::BadHandle.number(), |e| e.number) }
}

/// The family: `invalid_input`, `not_found`, `refused`, `conflict`, `storage`, `misuse` or `internal`. Lives
/// as long as the error; null for a null or freed one.
#[unsafe(no_mangle)]
pub extern "C" fn carnet_error_code(error: *const carnet_error) -> *const c_char {
    text_of(error, |e| e.code.as_deref())
}

/// The reason, a stable word. Lives as long as the error; null for a null or freed one.
#[unsafe(no_mangle)]
pub extern "C" fn carnet_error_reason(error: *const carnet_error) -> *const c_char {
    text_of(error, |e| e.reason.as_deref())
}

/// The field that was wrong, such as `payments.0.amount`; null if there is none. Lives as long as the error.
#[unsafe(no_mangle)]
pub extern "C" fn carnet_error_field(error: *const carnet_error) -> *const c_char {
    text_of(error, |e| e.field.as_deref())
}

/// One English sentence for developers. Lives as long as the error; null for a null or freed one.
#[unsafe(no_mangle)]
pub extern "C" fn carnet_error_message(error: *const carnet_error) -> *const c_char {
    text_of(error, |e| e.message.as_deref())
}

/// All of it as a JSON object: code, number, reason, field, details. Lives as long as the error; null for a
/// null or freed one.
#[unsafe(no_mangle)]
pub extern "C" fn carnet_error_json(error: *const carnet_error) -> *const c_char {
    text_of(error, |e| e.json.as_deref())
}

/// Frees an error and sets the pointer to null. Does nothing to a null or freed one.
///
/// # Safety
/// `error` is null or writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn carnet_error_free(error: *mut *mut carnet_error) {
    let body = || {
        if !error.is_null() {
            // SAFETY: not null, and the caller promises that it can be read and written.
            let handle = unsafe { error.replace(std::ptr::null_mut()) };
            drop(ERRORS.remove(handle.addr()));
        }
        Ok(())
    };
    // SAFETY: null is allowed.
    unsafe { boundary(std::ptr::null_mut(), body) };
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

fn get(engine: *const carnet_engine) -> Result<Held<Open>> {
    if engine.is_null() {
        return Err(Error::field(Reason::NullPointer, "engine"));
    }
    let open = ENGINES.get(engine.addr()).ok_or(Reason::BadHandle)?;
    if open.broken.load(Ordering::Relaxed) {
        return Err(
            Error::new(Reason::Internal).with("what", "an earlier call on this engine failed; open it again")
        );
    }
    Ok(open)
}

/// A text of an error. No lock that could be poisoned, no code that could panic: needs no boundary.
fn text_of(error: *const carnet_error, text: impl Fn(&memory::Details) -> Option<&CStr>) -> *const c_char {
    details(error).as_deref().and_then(text).map_or(std::ptr::null(), CStr::as_ptr)
}

fn details(error: *const carnet_error) -> Option<Held<memory::Details>> {
    ERRORS.get(error.addr())
}

const fn assert_send_sync<T: Send + Sync>() {}
const _: () = assert_send_sync::<Arc<Open>>();
