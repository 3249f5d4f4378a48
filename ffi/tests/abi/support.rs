//! A club behind the exported functions.

use carnet_abi::*;
use serde_json::Value;
use std::ffi::{CStr, c_char};
use std::ptr::{null, null_mut};

/// 2026-05-04T10:00:00+03:00, the instant of the setup, in microseconds.
pub const TEN: i64 = 1_777_878_000_000_000;
pub const AT: &str = "2026-05-04T07:00:00.000000Z";

/// An open engine with its file.
pub struct Club {
    pub engine: *mut carnet_engine,
    pub folder: tempfile::TempDir,
}

impl Drop for Club {
    fn drop(&mut self) {
        // SAFETY: the handle is one's own.
        unsafe { carnet_engine_close(&raw mut self.engine, null_mut()) };
    }
}

// SAFETY: an engine may be used by any thread.
unsafe impl Sync for Club {}
// SAFETY: as above.
unsafe impl Send for Club {}

/// What an error said; frees it.
pub fn told(error: &mut *mut carnet_error) -> Value {
    let json = carnet_error_json(*error);
    assert!(!json.is_null(), "no error");
    // SAFETY: a text that lives as long as the error.
    let value = serde_json::from_slice(unsafe { CStr::from_ptr(json) }.to_bytes()).expect("JSON");
    // SAFETY: the handle is one's own.
    unsafe { carnet_error_free(error) };
    value
}

/// The text of a reply; frees it.
pub fn taken(mut text: carnet_string) -> String {
    assert!(!text.ptr.is_null(), "no text");
    // SAFETY: a text of the library, with a zero byte after its end.
    let owned = unsafe { CStr::from_ptr(text.ptr) }.to_str().expect("UTF-8").to_owned();
    assert_eq!(owned.len(), text.len);
    // SAFETY: not freed yet.
    unsafe { carnet_string_free(&raw mut text) };
    assert!(text.ptr.is_null() && text.len == 0);
    owned
}

pub const NOTHING: carnet_string = carnet_string { ptr: null(), len: 0 };

pub fn open(path: &std::path::Path, options: &str) -> *mut carnet_engine {
    let (mut engine, mut error) = (null_mut(), null_mut());
    let path = path.to_str().expect("a path");
    // SAFETY: texts with their lengths, places to write to.
    let code = unsafe {
        carnet_engine_open(
            path.as_ptr().cast(),
            path.len(),
            options.as_ptr().cast(),
            options.len(),
            &raw mut engine,
            &raw mut error,
        )
    };
    assert_eq!(code, 0, "{}", told(&mut error));
    engine
}

impl Club {
    /// An empty store whose clock follows the operations.
    pub fn empty() -> Self {
        Self::with(r#"{"create":true,"seed":7}"#)
    }

    pub fn with(options: &str) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        Self { engine: open(&folder.path().join("club.db"), options), folder }
    }

    /// A venue, a priced service, a client with a card, money, a pass for ten visits, one for credit.
    pub fn open() -> Self {
        let club = Self::empty();
        for (op, args) in SETUP {
            club.at_ten(op, args);
        }
        club
    }

    /// Executes a request; the whole reply, or the error.
    pub fn execute(&self, request: &str) -> Result<Value, Value> {
        let (mut reply, mut error) = (NOTHING, null_mut());
        // SAFETY: a text with its length, places to write to.
        let code = unsafe {
            carnet_execute(
                self.engine,
                request.as_ptr().cast::<c_char>(),
                request.len(),
                &raw mut reply,
                &raw mut error,
            )
        };
        if code != 0 {
            assert!(reply.ptr.is_null() && carnet_error_number(error) == code);
            return Err(told(&mut error));
        }
        Ok(serde_json::from_str(&taken(reply)).expect("JSON"))
    }

    /// The reply of an operation at the instant of the setup.
    pub fn at_ten(&self, op: &str, args: &str) -> Value {
        self.execute(&format!(r#"{{"op":"{op}","args":{args},"at":"{AT}"}}"#)).expect(op)["reply"].clone()
    }

    /// The reply of a request.
    pub fn asked(&self, request: &str) -> Value {
        self.execute(request).expect(request)["reply"].clone()
    }

    /// The id of the first thing of any kind: those of two seeded clubs are the same.
    pub fn first(&self) -> i64 {
        self.asked(r#"{"op":"venue.list"}"#)["venues"][0]["venue"].as_i64().expect("a venue")
    }

    pub fn head(&self) -> Value {
        self.asked(r#"{"op":"journal.verify"}"#)
    }
}

/// Ids are those of the first node of seed 7; `SETUP` names them by their order.
const SETUP: &[(&str, &str)] = &[
    (
        "venue.add",
        r#"{"name":"Club","time_zone":"Europe/Bucharest","currency":"EUR","anti_passback":"hard"}"#,
    ),
    ("operator.add", r#"{"name":"Desk"}"#),
    ("service.add", r#"{"name":"Pool","price":{"amount":"10.00","currency":"EUR"},"tax":"19"}"#),
    ("client.add", r#"{"first_name":"Ann","last_name":"Archer","sex":"female"}"#),
    (
        "plan.add",
        r#"{"name":"Ten","kind":{"visits":{"visits":10}},"price":{"amount":"100.00","currency":"EUR"}}"#,
    ),
    (
        "plan.add",
        r#"{"name":"Credit","kind":{"credit":{"credit":{"amount":"80.00","currency":"EUR"}}},"price":{"amount":"80.00","currency":"EUR"}}"#,
    ),
];

/// Sells Ann what there is, and gives her a card and money.
pub fn furnish(club: &Club) {
    let first = club.first();
    let paid = |plan: i64, amount: &str| {
        format!(
            r#"{{"client":{first},"plan":{plan},"payments":[{{"method":"cash","amount":{{"amount":"{amount}","currency":"EUR"}}}}]}}"#
        )
    };
    club.at_ten("card.add", &format!(r#"{{"client":{first},"uid":"04ab2f"}}"#));
    club.at_ten(
        "account.top_up",
        &format!(r#"{{"client":{first},"amount":{{"amount":"50.00","currency":"EUR"}},"method":"cash"}}"#),
    );
    club.at_ten("pass.sell", &paid(first, "100.00"));
    club.at_ten("pass.sell", &paid(first + 1, "80.00"));
}

/// Puts a text into an array.
pub fn fill(array: &mut [c_char], text: &str) {
    array.fill(0);
    for (place, byte) in array.iter_mut().zip(text.as_bytes()) {
        *place = *byte as c_char;
    }
}

/// The text in an array.
pub fn read(array: &[c_char]) -> String {
    let bytes: Vec<u8> = array.iter().map(|byte| *byte as u8).take_while(|byte| *byte != 0).collect();
    assert!(bytes.len() < array.len(), "no zero byte");
    String::from_utf8(bytes).expect("UTF-8")
}

/// A struct that is empty but for its size, as `CARNET_INIT` leaves it.
pub fn empty<T: Copy>() -> T {
    let mut object = std::mem::MaybeUninit::<T>::zeroed();
    // SAFETY: integers and arrays of them only, of which the first is the size.
    unsafe {
        object.as_mut_ptr().cast::<u32>().write(u32::try_from(size_of::<T>()).expect("small"));
        object.assume_init()
    }
}
