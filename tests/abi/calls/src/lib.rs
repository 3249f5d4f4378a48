//! Safe calls of the exported functions, for benchmarks, which forbid `unsafe` as the rest of the tests does; and what
//! the plainest function of C that takes and gives JSON costs.

use carnet::Engine;
use carnet_abi::{
    CARNET_OUTCOME_ADMITTED, carnet_access, carnet_access_decide, carnet_access_enter, carnet_call,
    carnet_decision, carnet_engine, carnet_engine_close, carnet_entered, carnet_execute, carnet_string,
    carnet_string_free,
};
use std::ffi::c_char;
use std::ptr::{null, null_mut};

/// What a host keeps: a handle, and structs that it fills again for each call.
pub struct Host {
    engine: *mut carnet_engine,
    call: carnet_call,
    access: carnet_access,
    decision: carnet_decision,
    entered: carnet_entered,
}

/// A struct that is empty but for its size, as `CARNET_INIT` leaves it.
fn empty<T: Copy>() -> T {
    let mut object = std::mem::MaybeUninit::<T>::zeroed();
    // SAFETY: integers and arrays of them only, of which the first is the size.
    unsafe {
        object.as_mut_ptr().cast::<u32>().write(u32::try_from(size_of::<T>()).unwrap_or(0));
        object.assume_init()
    }
}

/// Copies a text as a host does, not byte by byte: a text written in bytes and read in words is waited for.
fn fill(array: &mut [c_char], text: &str) {
    assert!(text.len() < array.len());
    // SAFETY: a `c_char` is a byte, and there is room for the text and a zero byte.
    unsafe {
        let place = array.as_mut_ptr().cast::<u8>();
        place.copy_from_nonoverlapping(text.as_ptr(), text.len());
        place.add(text.len()).write(0);
    }
}

impl Host {
    /// Hands an engine to the library.
    ///
    /// # Panics
    /// If there is no room for a handle.
    #[must_use]
    pub fn of(engine: Engine) -> Self {
        let engine = carnet_abi::adopt(engine).expect("a handle");
        Self { engine, call: empty(), access: empty(), decision: empty(), entered: empty() }
    }

    /// The handle.
    #[must_use]
    pub const fn handle(&self) -> *const carnet_engine {
        self.engine
    }

    /// Lends the engine behind the handle.
    ///
    /// # Panics
    /// If it was closed.
    pub fn with<T>(handle: *const carnet_engine, work: impl FnOnce(&Engine) -> T) -> T {
        carnet_abi::using(handle, |engine| Ok(work(engine))).expect("open")
    }

    /// May this card come in? The code, and whether it may.
    pub fn decide(&mut self, uid: &str) -> (i32, bool) {
        fill(&mut self.access.card, uid);
        // SAFETY: structs with their sizes; nobody else uses them.
        let code = unsafe {
            carnet_access_decide(self.engine, null(), &self.access, &raw mut self.decision, null_mut())
        };
        (code, self.decision.outcome == CARNET_OUTCOME_ADMITTED)
    }

    /// Lets this card in. The code, and whether it came in.
    pub fn enter(&mut self, uid: &str, at: i64, key: &str) -> (i32, bool) {
        fill(&mut self.access.card, uid);
        fill(&mut self.call.key, key);
        self.call.at = at;
        // SAFETY: as above.
        let code = unsafe {
            carnet_access_enter(
                self.engine,
                &self.call,
                &self.access,
                &raw mut self.decision,
                &raw mut self.entered,
                null_mut(),
            )
        };
        (code, self.entered.visit != 0)
    }

    /// Executes a request and frees the reply: the code, and how long the reply was.
    pub fn execute(&mut self, request: &str) -> (i32, usize) {
        let mut reply = carnet_string { ptr: null(), len: 0 };
        // SAFETY: a text with its length, a place to write to.
        let code = unsafe {
            carnet_execute(self.engine, request.as_ptr().cast(), request.len(), &raw mut reply, null_mut())
        };
        let len = reply.len;
        // SAFETY: a text of the library or nothing.
        unsafe { carnet_string_free(&raw mut reply) };
        (code, len)
    }
}

impl Drop for Host {
    fn drop(&mut self) {
        // SAFETY: the handle is one's own.
        unsafe { carnet_engine_close(&raw mut self.engine, null_mut()) };
    }
}

/// What a decision is asked, as plain data.
#[derive(serde::Deserialize)]
struct Request<'a> {
    op: &'a str,
    args: Args<'a>,
}

#[derive(serde::Deserialize)]
struct Args<'a> {
    card: &'a str,
}

#[derive(serde::Serialize)]
struct Answer<'a> {
    reply: &'a carnet::domain::decision::Decision,
    at: &'a str,
}

/// The plainest function that takes and gives JSON: reads a request, writes an answer that is there already, hands out a
/// copy of the text.
///
/// # Safety
/// The text is readable over its length.
unsafe extern "C" fn plain(
    request: *const u8,
    len: usize,
    answer: &carnet::domain::decision::Decision,
    out: &mut Vec<u8>,
) -> i32 {
    // SAFETY: as promised by the caller.
    let request = unsafe { std::slice::from_raw_parts(request, len) };
    let Ok(request) = serde_json::from_slice::<Request<'_>>(request) else { return 1 };
    std::hint::black_box((request.op.len(), request.args.card.len()));
    let answer = Answer { reply: answer, at: "2026-06-01T08:00:00.000000Z" };
    let Ok(text) = serde_json::to_vec(&answer) else { return 2 };
    out.clear();
    out.extend_from_slice(&text);
    0
}

/// The floor of JSON through C.
pub fn floor(request: &str, answer: &carnet::domain::decision::Decision, out: &mut Vec<u8>) -> i32 {
    let function: unsafe extern "C" fn(*const u8, usize, &_, &mut Vec<u8>) -> i32 =
        std::hint::black_box(plain);
    // SAFETY: a text with its length.
    unsafe { function(request.as_ptr(), request.len(), answer, out) }
}
