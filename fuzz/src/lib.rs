//! The targets as functions: `fuzz_targets` gives them to libFuzzer, `ffi/tests/fuzz.rs` to a plain test.

mod targets;

pub use targets::{handles, json, structs};
