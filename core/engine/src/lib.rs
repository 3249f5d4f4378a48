//! The engine.
pub mod call;
pub mod ops;
#[macro_use]
mod table;
