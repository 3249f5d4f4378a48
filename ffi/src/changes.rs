//! The change feed: pulled, never called back.

use crate::errors::carnet_error;
use crate::handles::{Kind, Registry};
use crate::memory::{boundary, carnet_string, put, quietly};
use crate::open::{carnet_engine, of_handle, using};
use engine::ops::journal::ChangesSince;
use engine::{Call, Engine, Error, Reason, Result};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

/// A reader of the change feed, at a position of the journal. A handle: looked up, never followed.
/// @threadsafe any thread; one after the other
/// @since 0.1.0
#[expect(non_camel_case_types, reason = "the name in C")]
pub struct carnet_changes {
    _opaque: [u8; 0],
}

/// What a `carnet_changes` handle stands for.
struct Feed {
    /// The handle of the engine, which may be closed meanwhile.
    engine: usize,
    limit: i32,
    position: Mutex<i64>,
}

/// The longest time to wait: a day.
const LONGEST: i64 = 24 * 60 * 60 * 1000;

static FEEDS: Registry<Feed> = Registry::new(Kind::Changes);

/// Opens a reader of what changes.
///
/// @param engine     an open engine
/// @param after      the last position of the journal that was seen; 0 for the beginning
/// @param limit      how many entries `carnet_changes_next` hands out at most, 1 to 1000; 0 for 100
/// @param changes    gets the handle, to be freed; null on failure
/// @param error      gets details of a failure, to be freed; may be null
/// @return 0, or the number of a reason
/// @threadsafe any thread, several at a time
/// @since 0.1.0
///
/// # Safety
/// `changes` and `error` are null or writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn carnet_changes_open(
    engine: *const carnet_engine,
    after: i64,
    limit: i32,
    changes: *mut *mut carnet_changes,
    error: *mut *mut carnet_error,
) -> i32 {
    let body = || {
        // SAFETY: the caller promises that `changes` is null or writable.
        if !unsafe { put(changes, std::ptr::null_mut()) } {
            return Err(Error::field(Reason::NullPointer, "changes"));
        }
        let limit = if limit == 0 { 100 } else { limit };
        // What is wrong with the numbers is said now and not by the first wait.
        using(engine, |engine| engine.changes_since(&Call::default(), page(after, limit)).map(drop))?;
        let handle = FEEDS.add(Feed { engine: engine.addr(), limit, position: Mutex::new(after) })?;
        // SAFETY: as above.
        unsafe { put(changes, std::ptr::without_provenance_mut(handle)) };
        Ok(())
    };
    // SAFETY: the caller promises that `error` is null or writable.
    unsafe { boundary(error, body) }
}

/// Waits for entries of the journal after the last that was handed out, and hands out the next of them, in order and
/// with no gap.
///
/// @param changes    an open reader; a second thread waits until the first is done
/// @param wait_ms    how long to wait where there is nothing new, milliseconds, up to a day; 0 for not at all
/// @param page       gets a JSON object as `changes.since` replies it, `{"entries":[…],"last":7,"more":false}`, to be freed;
///                   nothing (null) if the time was over, or on failure
/// @param error      gets details of a failure, to be freed; may be null
/// @return 0, also if the time was over, or the number of a reason: `CARNET_REASON_CLOSED` or `CARNET_REASON_BAD_HANDLE`
///                   once the engine was closed, `CARNET_REASON_INTERRUPTED` after `carnet_interrupt`
/// @threadsafe any thread
/// @since 0.1.0
///
/// # Safety
/// `page` and `error` are null or writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn carnet_changes_next(
    changes: *const carnet_changes,
    wait_ms: i64,
    page: *mut carnet_string,
    error: *mut *mut carnet_error,
) -> i32 {
    let body = || {
        // SAFETY: the caller promises that `page` is null or writable.
        if !unsafe { put(page, carnet_string::NONE) } {
            return Err(Error::field(Reason::NullPointer, "page"));
        }
        let wait = u64::try_from(wait_ms).ok().filter(|_| wait_ms <= LONGEST);
        let wait = Duration::from_millis(wait.ok_or_else(|| Error::field(Reason::OutOfRange, "wait_ms"))?);
        if changes.is_null() {
            return Err(Error::field(Reason::NullPointer, "changes"));
        }
        let found = FEEDS.with(changes.addr(), |feed| feed.next(wait)).ok_or(Reason::BadHandle)??;
        if let Some(found) = found {
            // SAFETY: as above.
            unsafe { put(page, carnet_string::new(found)) };
        }
        Ok(())
    };
    // SAFETY: the caller promises that `error` is null or writable.
    unsafe { boundary(error, body) }
}

/// The position up to which a reader has handed out everything: what a host keeps, to go on from there another time.
///
/// @param changes    an open reader
/// @return the position; -1 for a null or freed reader
/// @threadsafe any thread; waits while `carnet_changes_next` runs
/// @since 0.1.0
#[unsafe(no_mangle)]
pub extern "C" fn carnet_changes_position(changes: *const carnet_changes) -> i64 {
    let position = |feed: &Feed| *feed.position.lock().unwrap_or_else(PoisonError::into_inner);
    quietly(-1, || FEEDS.with(changes.addr(), position).unwrap_or(-1))
}

/// Frees a reader and sets the pointer to null. Does nothing to a null or freed one. A running `carnet_changes_next` is
/// waited for: `carnet_interrupt` ends it.
///
/// @param changes    the handle, by its address
/// @threadsafe any thread
/// @since 0.1.0
///
/// # Safety
/// `changes` is null or writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn carnet_changes_free(changes: *mut *mut carnet_changes) {
    let body = || {
        if !changes.is_null() {
            // SAFETY: not null, and the caller promises that it can be read and written.
            let handle = unsafe { changes.replace(std::ptr::null_mut()) };
            FEEDS.remove(handle.addr());
        }
    };
    quietly((), body);
}

const fn page(after: i64, limit: i32) -> ChangesSince {
    ChangesSince { after, limit: Some(limit) }
}

impl Feed {
    fn next(&self, wait: Duration) -> Result<Option<String>> {
        let mut position = self.position.lock().unwrap_or_else(PoisonError::into_inner);
        let found = of_handle(self.engine, |engine| self.look(engine, *position, wait))?;
        let Some((last, text)) = found else { return Ok(None) };
        *position = last;
        Ok(Some(text))
    }

    fn look(&self, engine: &Engine, after: i64, wait: Duration) -> Result<Option<(i64, String)>> {
        if !engine.wait_for_changes(after, wait)? {
            return Ok(None);
        }
        let found = engine.changes_since(&Call::default(), page(after, self.limit))?;
        if found.entries.is_empty() {
            return Ok(None);
        }
        let text = serde_json::to_string(&found);
        let text = text.map_err(|_| Error::new(Reason::Internal).with("what", "a page of changes"))?;
        Ok(Some((found.last, text)))
    }
}
