//! The engine of Carnet.
extern crate self as carnet;
#[cfg(feature = "uniffi")]
uniffi::setup_scaffolding!();
#[macro_use]
mod table;
#[cfg(feature = "uniffi")]
mod bridge;
pub mod call;
mod engine;
pub mod open;
pub mod ops;
mod options;
pub use call::{Call, Document, Late};
pub use carnet_domain as domain;
pub use carnet_domain::{Code, Error, Reason, Result};
pub use engine::Engine;
pub use open::OpenOptions;
pub use options::{Clock, Migrate, Options};
