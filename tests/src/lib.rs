//! Shared helpers of the tests.

pub mod bad_input;
pub mod door;
pub mod index;
pub mod matching;
pub mod reference;
pub mod runner;
pub mod scenario;
pub mod server;

macro_rules! kinds {
    ($($kind:ident $name:literal $method:ident($request:ty) -> $reply:ty = $function:path, $doc:literal;)*) => {
        /// Every operation of the table with `read` or `write`.
        pub const KINDS: &[(&str, &str)] = &[$(($name, stringify!($kind)),)*];
    };
}
carnet::for_each_operation!(kinds);

/// Whether an operation writes. An unknown one does not.
#[must_use]
pub fn writes(op: &str) -> bool {
    KINDS.iter().any(|(name, kind)| *name == op && *kind == "write")
}
