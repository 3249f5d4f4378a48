//! Errors as C reads them, and the names of reasons.

use crate::handles::{Kind, Registry};
use crate::memory::quietly;
use engine::domain::decision::DenyReason;
use engine::{Error, Reason};
use std::collections::BTreeMap;
use std::ffi::{CStr, CString, c_char};
use std::sync::OnceLock;

/// What went wrong. A handle: looked up, never followed.
/// @threadsafe any thread, several at a time
/// @since 0.1.0
#[expect(non_camel_case_types, reason = "the name in C")]
pub struct carnet_error {
    _opaque: [u8; 0],
}

pub(crate) static ERRORS: Registry<Details> = Registry::new(Kind::Error);

/// An error with its texts ended by zero bytes.
pub(crate) struct Details {
    number: i32,
    index: i64,
    code: Option<CString>,
    reason: Option<CString>,
    field: Option<CString>,
    message: Option<CString>,
    json: Option<CString>,
}

impl Details {
    /// `index` is the request that failed, of several.
    pub(crate) fn new(error: &Error, index: Option<usize>) -> Self {
        let text = |text: &str| CString::new(text).ok();
        Self {
            number: error.number(),
            index: index.and_then(|index| i64::try_from(index).ok()).unwrap_or(-1),
            code: text(error.code().as_str()),
            reason: text(error.reason().as_str()),
            field: error.field_name().and_then(text),
            message: text(error.reason().message()),
            json: serde_json::to_string(error).ok().as_deref().and_then(text),
        }
    }
}

/// The number of the reason.
///
/// @param error      an error, or null
/// @return `CARNET_REASON_*`; 0 for a null pointer, `CARNET_REASON_BAD_HANDLE` for a freed error
/// @threadsafe any thread, several at a time
/// @since 0.1.0
#[unsafe(no_mangle)]
pub extern "C" fn carnet_error_number(error: *const carnet_error) -> i32 {
    let bad = Reason::BadHandle.number();
    if error.is_null() {
        return 0;
    }
    quietly(bad, || ERRORS.with(error.addr(), |details| details.number).unwrap_or(bad))
}

/// Which of the requests of a batch failed.
///
/// @param error      an error, or null
/// @return its index, from 0; -1 if the error is not about one request of a batch, and for a null or freed error
/// @threadsafe any thread, several at a time
/// @since 0.1.0
#[unsafe(no_mangle)]
pub extern "C" fn carnet_error_index(error: *const carnet_error) -> i64 {
    quietly(-1, || ERRORS.with(error.addr(), |details| details.index).unwrap_or(-1))
}

/// The family of the reason.
///
/// @param error      an error, or null
/// @return `invalid_input`, `not_found`, `refused`, `conflict`, `storage`, `misuse` or `internal`. Lives as long as the
///                   error; null for a null or freed one
/// @threadsafe any thread, several at a time
/// @since 0.1.0
#[unsafe(no_mangle)]
pub extern "C" fn carnet_error_code(error: *const carnet_error) -> *const c_char {
    text_of(error, |details| details.code.as_deref())
}

/// The reason.
///
/// @param error      an error, or null
/// @return a stable word, such as `card_not_found`. Lives as long as the error; null for a null or freed one
/// @threadsafe any thread, several at a time
/// @since 0.1.0
#[unsafe(no_mangle)]
pub extern "C" fn carnet_error_reason(error: *const carnet_error) -> *const c_char {
    text_of(error, |details| details.reason.as_deref())
}

/// The field that was wrong.
///
/// @param error      an error, or null
/// @return such as `payments.0.amount`; null if no field is to blame. Lives as long as the error; null for a null or
///                   freed one
/// @threadsafe any thread, several at a time
/// @since 0.1.0
#[unsafe(no_mangle)]
pub extern "C" fn carnet_error_field(error: *const carnet_error) -> *const c_char {
    text_of(error, |details| details.field.as_deref())
}

/// What went wrong, for developers.
///
/// @param error      an error, or null
/// @return one English sentence, never with personal data. Lives as long as the error; null for a null or freed one
/// @threadsafe any thread, several at a time
/// @since 0.1.0
#[unsafe(no_mangle)]
pub extern "C" fn carnet_error_message(error: *const carnet_error) -> *const c_char {
    text_of(error, |details| details.message.as_deref())
}

/// All of an error as a JSON object: code, number, reason, field, details.
///
/// @param error      an error, or null
/// @return the object as text. Lives as long as the error; null for a null or freed one
/// @threadsafe any thread, several at a time
/// @since 0.1.0
#[unsafe(no_mangle)]
pub extern "C" fn carnet_error_json(error: *const carnet_error) -> *const c_char {
    text_of(error, |details| details.json.as_deref())
}

/// Frees an error and sets the pointer to null. Does nothing to a null or freed one.
///
/// @param error      an error, of which no text is in use any more
/// @threadsafe any thread; one error by one thread at a time
/// @since 0.1.0
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
    };
    quietly((), body);
}

/// The stable word of a reason, such as `card_not_found`.
///
/// @param number     `CARNET_REASON_*`
/// @return static memory; null for a number that is none
/// @threadsafe any thread, several at a time
/// @since 0.1.0
#[unsafe(no_mangle)]
pub extern "C" fn carnet_reason_name(number: i32) -> *const c_char {
    quietly(std::ptr::null(), || of_reason(number, |words| &words.name))
}

/// The family of a reason, such as `not_found`.
///
/// @param number     `CARNET_REASON_*`
/// @return static memory; null for a number that is none
/// @threadsafe any thread, several at a time
/// @since 0.1.0
#[unsafe(no_mangle)]
pub extern "C" fn carnet_reason_code(number: i32) -> *const c_char {
    quietly(std::ptr::null(), || of_reason(number, |words| &words.code))
}

/// One English sentence about a reason, for developers.
///
/// @param number     `CARNET_REASON_*`
/// @return static memory; null for a number that is none
/// @threadsafe any thread, several at a time
/// @since 0.1.0
#[unsafe(no_mangle)]
pub extern "C" fn carnet_reason_message(number: i32) -> *const c_char {
    quietly(std::ptr::null(), || of_reason(number, |words| &words.message))
}

/// The stable word of a reason why a door stays shut, such as `day_limit`.
///
/// @param number     `CARNET_DENY_*`
/// @return static memory; null for a number that is none
/// @threadsafe any thread, several at a time
/// @since 0.1.0
#[unsafe(no_mangle)]
pub extern "C" fn carnet_deny_name(number: i32) -> *const c_char {
    static NAMES: OnceLock<BTreeMap<i32, CString>> = OnceLock::new();
    let name = || {
        let named = |deny: &DenyReason| Some((crate::words::deny(*deny), CString::new(deny.as_str()).ok()?));
        let names = NAMES.get_or_init(|| DenyReason::ALL.iter().filter_map(named).collect());
        names.get(&number).map_or(std::ptr::null(), |name| name.as_ptr())
    };
    quietly(std::ptr::null(), name)
}

struct Words {
    name: CString,
    code: CString,
    message: CString,
}

fn of_reason(number: i32, which: impl Fn(&'static Words) -> &'static CString) -> *const c_char {
    static WORDS: OnceLock<BTreeMap<i32, Words>> = OnceLock::new();
    let words = |reason: &Reason| {
        let name = CString::new(reason.as_str()).ok()?;
        let code = CString::new(reason.code().as_str()).ok()?;
        let message = CString::new(reason.message()).ok()?;
        Some((reason.number(), Words { name, code, message }))
    };
    let all = WORDS.get_or_init(|| Reason::ALL.iter().filter_map(words).collect());
    all.get(&number).map_or(std::ptr::null(), |words| which(words).as_ptr())
}

/// A text of an error. It lies in memory of its own, which stays where it is until the error is freed.
fn text_of(error: *const carnet_error, text: impl Fn(&Details) -> Option<&CStr>) -> *const c_char {
    let find = |details: &Details| text(details).map_or(std::ptr::null(), CStr::as_ptr);
    quietly(std::ptr::null(), || ERRORS.with(error.addr(), find).unwrap_or(std::ptr::null()))
}
