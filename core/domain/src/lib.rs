//! The rules of Carnet: what a club, salon, hotel or restaurant decides about its clients.
//!
//! Everything here is a pure function of its arguments. There is no input or output, no clock, no
//! randomness, no SQL and no JSON text: time, ids, zone and draws come in as arguments, and a decision
//! comes out as data. The engine (crate `carnet`) loads facts, calls these rules and stores what they say.

#[cfg(feature = "uniffi")]
uniffi::setup_scaffolding!();

#[macro_use]
mod model;

pub mod account;
pub mod booking;
#[cfg(feature = "uniffi")]
pub mod bridge;
pub mod calendar;
pub mod card;
pub mod catalogue;
pub mod chart;
pub mod client;
pub mod consent;
pub mod contact;
pub mod course;
pub mod coverage;
pub mod decision;
pub mod document;
pub mod error;
pub mod file;
pub mod freeze;
pub mod frequency;
pub mod hold;
pub mod household;
pub mod ids;
pub mod life;
pub mod lots;
pub mod message;
pub mod money;
pub mod opening;
pub mod parameter;
pub mod pass;
pub mod payment;
pub mod plan;
pub mod profile;
pub mod proration;
pub mod renewal;
pub mod reversal;
pub mod search;
pub mod switches;
pub mod time;
pub mod usage;
pub mod venue;
pub mod visit;
pub mod warning;

pub use error::{Code, Error, Reason, Result};
pub use ids::*;
pub use money::{Currency, Money, Percent};
pub use time::{Date, Instant};
