//! Carnet runs memberships: who the client is, which package they hold, whether they may come in, what they pay.
//!
//! An [`Engine`] is a store and all that may be done with it. Every thing that happens is an operation: plain data in,
//! plain data out, in one transaction, at a given time. The operations are listed in one table,
//! [`for_each_operation!`], from which the typed methods of [`Engine`], the JSON door ([`Engine::execute_json`]),
//! the schemas ([`schema`]) and the bindings are made. The rules are in the crate `carnet-domain`, re-exported as
//! [`domain`].

extern crate self as carnet;

#[cfg(feature = "uniffi")]
uniffi::setup_scaffolding!();

#[macro_use]
mod table;

#[cfg(feature = "postgres")]
mod ahead;
mod books;
#[cfg(feature = "uniffi")]
mod bridge;
pub mod call;
mod canonical;
mod changes;
mod checkpoint;
mod clocks;
mod engine;
mod entropy;
mod execute;
mod file;
mod hand;
mod holds;
mod ids;
mod input;
mod interrupts;
mod journal;
mod json;
pub mod open;
mod operation;
pub mod ops;
mod options;
mod queue;
mod quick;
mod readers;
mod references;
mod replay;
mod reversal;
pub mod schema;
#[cfg(feature = "postgres")]
mod server;
mod store;
mod strict;
mod typed;
mod work;
mod writer;

/// The README, whose Rust must compile.
#[cfg(doctest)]
#[doc = include_str!("../../../README.md")]
pub mod readme {}

pub use call::{Call, Document, Late};
pub use carnet_domain as domain;
pub use carnet_domain::{Code, Error, Reason, Result};
pub use engine::Engine;
pub use input::limits;
pub use open::OpenOptions;
pub use options::{Clock, Migrate, Options};
