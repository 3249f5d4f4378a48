//! The C ABI of Carnet. Every exported function is declared and documented in `include/carnet.h`, which is
//! made from this crate.
//!
//! A handle is a number in the shape of a pointer: it is looked up, never followed, so a closed or invented
//! handle is an error and not a crash. No panic leaves a function. Nothing is decided here: a typed function makes the
//! request of an operation out of a struct and a struct out of its reply.

mod changes;
mod errors;
mod execute;
mod floating;
mod handles;
mod log;
mod memory;
mod open;
mod structs;
mod till;
mod version;
mod words;

pub use changes::*;
pub use errors::*;
pub use execute::*;
pub use log::*;
pub use memory::{carnet_string, carnet_string_free};
pub use open::*;
pub use structs::*;
pub use till::*;
pub use version::*;
pub use words::*;
