//! The rules of Carnet: what a club, salon, hotel or restaurant decides about its clients.
//!
//! Everything here is a pure function of its arguments. There is no input or output, no clock, no
//! randomness, no SQL and no JSON text: time, ids, zone and draws come in as arguments, and a decision
//! comes out as data. The engine (crate `carnet`) loads facts, calls these rules and stores what they say.

#[cfg(feature = "uniffi")]
uniffi::setup_scaffolding!();

pub mod calendar;
pub mod contact;
pub mod error;
pub mod ids;
pub mod money;
pub mod time;

pub use error::{Code, Error, Reason, Result};
pub use ids::*;
pub use money::{Currency, Money, Percent};
pub use time::{Date, Instant};
