//! Texts in, texts and errors out, and the wall that no panic passes.

use crate::{ERRORS, carnet_error, carnet_string};
use engine::{Error, Reason, Result};
use std::ffi::{CStr, CString, c_char};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::ptr;

/// An error as C reads it.
pub struct Details {
    pub number: i32,
    pub code: Option<CString>,
    pub reason: Option<CString>,
    pub field: Option<CString>,
    pub message: Option<CString>,
    pub json: Option<CString>,
}

impl Details {
    fn new(error: &Error) -> Self {
        let text = |text: &str| CString::new(text).ok();
        Self {
            number: error.number(),
            code: text(error.code().as_str()),
            reason: text(error.reason().as_str()),
            field: error.field_name().and_then(text),
            message: text(error.reason().message()),
            json: serde_json::to_string(error).ok().as_deref().and_then(text),
        }
    }
}

/// Runs the body of an exported function: a panic becomes `internal`, an error becomes its number and details.
///
/// # Safety
/// `error` is null or writable.
pub unsafe fn boundary(error: *mut *mut carnet_error, body: impl FnOnce() -> Result<()>) -> i32 {
    // SAFETY: as promised by the caller.
    unsafe { put(error, ptr::null_mut()) };
    let outcome = catch_unwind(AssertUnwindSafe(|| {
        let Err(failure) = body() else { return 0 };
        if !error.is_null()
            && let Ok(handle) = ERRORS.add(Details::new(&failure))
        {
            // SAFETY: as promised by the caller.
            unsafe { put(error, ptr::without_provenance_mut(handle)) };
        }
        failure.number()
    }));
    outcome.unwrap_or_else(|panic| {
        // A payload may panic again when it is dropped.
        std::mem::forget(panic);
        if !error.is_null() {
            let failure = Error::new(Reason::Internal).with("what", "panic");
            if let Ok(Ok(handle)) = catch_unwind(|| ERRORS.add(Details::new(&failure))) {
                // SAFETY: as promised by the caller.
                unsafe { put(error, ptr::without_provenance_mut(handle)) };
            }
        }
        Reason::Internal.number()
    })
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
    // SAFETY: not null and readable over its length, as promised by the caller; not longer than a slice may be.
    Ok(unsafe { std::slice::from_raw_parts(text.cast(), len) })
}

/// A text that came in.
///
/// # Safety
/// As [`bytes`].
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
    pub unsafe fn into_owned(self) -> Option<Box<[u8]>> {
        if self.ptr.is_null() {
            return None;
        }
        let len = self.len.checked_add(1)?;
        // SAFETY: `new` made this pointer from a box of `len + 1` bytes, as promised by the caller.
        Some(unsafe { Box::from_raw(ptr::slice_from_raw_parts_mut(self.ptr.cast_mut().cast(), len)) })
    }
}
