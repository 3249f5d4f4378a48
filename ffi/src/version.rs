//! Which library this is.

use std::ffi::{CStr, c_char};

/// The version of the library that runs.
///
/// @return such as `0.1.0`. Static memory
/// @threadsafe any thread, several at a time
/// @since 0.1.0
#[unsafe(no_mangle)]
pub extern "C" fn carnet_version() -> *const c_char {
    const VERSION: &CStr =
        match CStr::from_bytes_with_nul(concat!(env!("CARGO_PKG_VERSION"), "\0").as_bytes()) {
            Ok(version) => version,
            Err(_) => c"",
        };
    VERSION.as_ptr()
}

/// The version of the library that runs, as a number. A program compares it with `CARNET_VERSION_NUMBER`, the version it
/// was built with.
///
/// @return such as 1002003 for 1.2.3
/// @threadsafe any thread, several at a time
/// @since 0.1.0
#[unsafe(no_mangle)]
pub extern "C" fn carnet_version_number() -> i32 {
    const fn digits(text: &[u8]) -> i32 {
        match text {
            [before @ .., last] => {
                digits(before).saturating_mul(10).saturating_add(last.saturating_sub(b'0') as i32)
            }
            [] => 0,
        }
    }
    const NUMBER: i32 = digits(env!("CARGO_PKG_VERSION_MAJOR").as_bytes())
        .saturating_mul(1_000_000)
        .saturating_add(digits(env!("CARGO_PKG_VERSION_MINOR").as_bytes()).saturating_mul(1000))
        .saturating_add(digits(env!("CARGO_PKG_VERSION_PATCH").as_bytes()));
    NUMBER
}

/// The version of the ABI. A library serves every program built for the same number.
///
/// @return the number, to be compared with `CARNET_ABI_VERSION`
/// @threadsafe any thread, several at a time
/// @since 0.1.0
#[unsafe(no_mangle)]
pub extern "C" fn carnet_abi_version() -> i32 {
    1
}
