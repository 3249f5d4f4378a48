//! The JSON door: every operation.

use crate::errors::carnet_error;
use crate::memory::{boundary, bytes, carnet_string, indexed, put};
use crate::open::{carnet_engine, using};
use engine::Error;
use std::ffi::c_char;

/// Executes one operation.
///
/// @param engine     an open engine
/// @param request    a JSON object: `{"op":"client.add","args":{…}}`, UTF-8, of at most 1 MiB
/// @param request_len its length in bytes; `SIZE_MAX` if a zero byte ends it
/// @param reply      gets the reply as JSON, `{"reply":{…},"at":"…","position":1}`, to be freed; nothing on failure; may be
///                   null
/// @param error      gets details of a failure, to be freed; may be null
/// @return 0, or the number of a reason
/// @threadsafe any thread, several at a time
/// @since 0.1.0
///
/// # Safety
/// The text is readable over its length; `reply` and `error` are null or writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn carnet_execute(
    engine: *const carnet_engine,
    request: *const c_char,
    request_len: usize,
    reply: *mut carnet_string,
    error: *mut *mut carnet_error,
) -> i32 {
    let body = || {
        // SAFETY: the caller promises that `reply` is null or writable.
        unsafe { put(reply, carnet_string::NONE) };
        let answer = using(engine, |engine| {
            // SAFETY: the caller promises that the text is readable over its length.
            engine.execute(unsafe { bytes(request, request_len, "request") }?)
        })?;
        if !reply.is_null() {
            // SAFETY: as above.
            unsafe { put(reply, carnet_string::new(answer)) };
        }
        Ok(())
    };
    // SAFETY: the caller promises that `error` is null or writable.
    unsafe { boundary(error, body) }
}

/// Executes several writes in order, all of them or none. In the place of any value of its arguments, a write may name what an
/// earlier one answered: `{"reply_of":0,"field":"client"}`.
///
/// @param engine     an open engine
/// @param requests   a JSON array of at most 1000 requests as for `carnet_execute`, UTF-8, of at most 1 MiB
/// @param requests_len its length in bytes; `SIZE_MAX` if a zero byte ends it
/// @param replies    gets `{"replies":[…]}`, to be freed; nothing on failure; may be null
/// @param error      gets details of the first failure, to be freed; `carnet_error_index` says which request it was; may
///                   be null
/// @return 0, or the number of a reason, and then nothing was done
/// @threadsafe any thread, several at a time
/// @since 0.1.0
///
/// # Safety
/// The text is readable over its length; `replies` and `error` are null or writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn carnet_execute_batch(
    engine: *const carnet_engine,
    requests: *const c_char,
    requests_len: usize,
    replies: *mut carnet_string,
    error: *mut *mut carnet_error,
) -> i32 {
    let body = || {
        // SAFETY: the caller promises that `replies` is null or writable.
        unsafe { put(replies, carnet_string::NONE) };
        let whole = |error: Error| (None, error);
        // SAFETY: the caller promises that the text is readable over its length.
        let requests = unsafe { bytes(requests, requests_len, "requests") }.map_err(whole)?;
        let answer = using(engine, |engine| Ok(engine.execute_batch(requests))).map_err(whole)??;
        if !replies.is_null() {
            // SAFETY: as above.
            unsafe { put(replies, carnet_string::new(answer)) };
        }
        Ok(())
    };
    // SAFETY: the caller promises that `error` is null or writable.
    unsafe { indexed(error, body) }
}
