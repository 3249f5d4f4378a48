//! Texts in, texts and errors out, and the wall that no panic passes.

use crate::errors::{Details, ERRORS, carnet_error};
use crate::floating::Floating;
use engine::{Error, Reason, Result};
use std::ffi::{CStr, c_char};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::ptr;

/// Text owned by the library: UTF-8 of `len` bytes, and a zero byte after the end for convenience. Freed by
/// `carnet_string_free`, by nothing else.
/// @since 0.1.0
#[repr(C)]
pub struct carnet_string {
    /// The text. Null where there is none.
    pub ptr: *const c_char,
    /// Its length in bytes, without the zero byte.
    pub len: usize,
}

/// Frees a text and sets it to nothing. Does nothing to a null pointer or to nothing.
///
/// @param string     a text of this library, which must not have been freed through a copy of the struct
/// @threadsafe any thread; one text by one thread at a time
/// @since 0.1.0
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
    };
    quietly((), body);
}

/// Runs the body of an exported function that has no code to return.
#[inline]
pub fn quietly<T>(otherwise: T, body: impl FnOnce() -> T) -> T {
    catch_unwind(AssertUnwindSafe(body)).unwrap_or_else(|panic| {
        // A payload may panic again when it is dropped.
        std::mem::forget(panic);
        otherwise
    })
}

/// Runs the body of an exported function: a panic becomes `internal`, an error becomes its number and details.
///
/// # Safety
/// `error` is null or writable.
#[inline]
pub unsafe fn boundary(error: *mut *mut carnet_error, body: impl FnOnce() -> Result<()>) -> i32 {
    // SAFETY: as promised by the caller.
    unsafe { indexed(error, || body().map_err(|failure| (None, failure))) }
}

/// The same for a body whose errors may say which of several requests failed.
///
/// # Safety
/// `error` is null or writable.
#[inline]
pub unsafe fn indexed(
    error: *mut *mut carnet_error,
    body: impl FnOnce() -> Result<(), (Option<usize>, Error)>,
) -> i32 {
    let _floating = Floating::put_aside();
    // SAFETY: as promised by the caller.
    unsafe { put(error, ptr::null_mut()) };
    let outcome = quietly(None, || Some(body()));
    if matches!(outcome, Some(Ok(()))) {
        return 0;
    }
    // SAFETY: as promised by the caller.
    unsafe { failed(error, outcome.and_then(Result::err)) }
}

/// The number of a failure, or of a panic, and its details where they are wanted.
///
/// # Safety
/// `error` is null or writable.
#[cold]
unsafe fn failed(error: *mut *mut carnet_error, failure: Option<(Option<usize>, Error)>) -> i32 {
    let panicked = || (None, Error::new(Reason::Internal).with("what", "panic"));
    let (index, failure) = failure.unwrap_or_else(panicked);
    if !error.is_null()
        && let Some(handle) = quietly(None, || ERRORS.add(Details::new(&failure, index)).ok())
    {
        // SAFETY: as promised by the caller.
        unsafe { put(error, ptr::without_provenance_mut(handle)) };
    }
    failure.number()
}

/// Writes to an out-parameter; false if it is null.
///
/// # Safety
/// `out` is null or writable.
pub unsafe fn put<T>(out: *mut T, value: T) -> bool {
    if out.is_null() {
        return false;
    }
    // SAFETY: not null, so writable as promised by the caller.
    unsafe { out.write(value) };
    true
}

/// The bytes of a text that came in.
///
/// # Safety
/// `text` is null or readable over `len` bytes, or up to its zero byte if `len` is `usize::MAX`.
pub unsafe fn bytes<'a>(text: *const c_char, len: usize, field: &str) -> Result<&'a [u8]> {
    if text.is_null() {
        return if len == 0 { Ok(&[]) } else { Err(Error::field(Reason::NullPointer, field)) };
    }
    if len == usize::MAX {
        // SAFETY: a zero byte ends it, as promised by the caller.
        return Ok(unsafe { CStr::from_ptr(text) }.to_bytes());
    }
    if isize::try_from(len).is_err() {
        return Err(Error::field(Reason::TooLarge, field));
    }
    // SAFETY: not null, readable over `len` bytes as promised by the caller, and no longer than an object can be.
    Ok(unsafe { std::slice::from_raw_parts(text.cast::<u8>(), len) })
}

/// A text that came in.
///
/// # Safety
/// As for [`bytes`].
pub unsafe fn text<'a>(text: *const c_char, len: usize, field: &str) -> Result<&'a str> {
    // SAFETY: as promised by the caller.
    let bytes = unsafe { bytes(text, len, field) }?;
    std::str::from_utf8(bytes).map_err(|_| Error::field(Reason::BadUtf8, field))
}

impl carnet_string {
    /// No text.
    pub const NONE: Self = Self { ptr: ptr::null(), len: 0 };

    /// A text for C, which must give it back.
    pub fn new(text: String) -> Self {
        let len = text.len();
        let mut bytes = text.into_bytes();
        bytes.push(0);
        let owned: *mut [u8] = Box::into_raw(bytes.into_boxed_slice());
        Self { ptr: owned.cast::<c_char>().cast_const(), len }
    }

    /// The text that C gave back.
    ///
    /// # Safety
    /// It is one that [`Self::new`] made, unchanged and given back once, or none.
    unsafe fn into_owned(self) -> Option<Box<[u8]>> {
        if self.ptr.is_null() {
            return None;
        }
        let len = self.len.checked_add(1)?;
        // SAFETY: `new` made this pointer from a box of `len + 1` bytes, as promised by the caller.
        Some(unsafe { Box::from_raw(ptr::slice_from_raw_parts_mut(self.ptr.cast_mut().cast(), len)) })
    }
}
