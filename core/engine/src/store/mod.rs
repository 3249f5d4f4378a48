//! The store: what is loaded and what is written, area by area. Nothing outside this folder sees SQL.

pub(crate) mod access;
pub(crate) mod account;
pub(crate) mod booking;
pub(crate) mod card;
pub(crate) mod catalogue;
pub(crate) mod chart;
pub(crate) mod check;
pub(crate) mod client;
pub(crate) mod config;
pub(crate) mod day;
pub(crate) mod desk;
pub(crate) mod document;
pub(crate) mod dump;
pub(crate) mod hold;
pub(crate) mod journal;
pub(crate) mod message;
pub(crate) mod migrations;
pub(crate) mod opening;
pub(crate) mod overview;
pub(crate) mod pass;
#[cfg(test)]
mod personal;
pub(crate) mod place;
#[cfg(test)]
mod plans;
#[cfg(feature = "postgres")]
pub(crate) mod postgres;
pub(crate) mod profile;
pub(crate) mod report;
pub(crate) mod reversal;
pub(crate) mod search;
pub(crate) mod sqlite;
pub(crate) mod support;
pub(crate) mod value;
pub(crate) mod visit;
