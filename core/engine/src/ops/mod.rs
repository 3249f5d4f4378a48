//! The operations, one file an area: request and reply types, and the function that carries one out.
//!
//! A function gets its arguments and a [`Work`](crate::work::Work): it loads facts, asks the rules of
//! `carnet-domain`, and adds changes. It never sees SQL, the clock or a random number.

pub mod access;
pub mod account;
pub mod account_import;
pub mod adjust;
pub mod booking;
pub mod card;
pub mod catalogue;
pub mod chart;
pub mod check;
pub mod client;
pub mod client_fields;
pub mod client_file;
pub mod client_put;
pub mod comment;
pub mod conflict;
pub(crate) mod consume;
pub mod dashboard;
pub mod day;
pub mod document;
pub mod history;
pub mod hold;
pub mod hold_capture;
pub mod household;
pub mod journal;
pub mod message;
pub mod opening;
pub mod operator;
pub mod overview;
pub mod pass;
pub mod pass_cancel;
pub mod pass_change;
pub(crate) mod pass_course;
pub mod pass_freeze;
pub mod pass_hand;
pub mod pass_import;
pub mod pass_renew;
pub mod pass_sell;
pub mod pass_use;
pub mod plan;
pub mod presence;
pub mod rendered;
pub mod report;
pub mod report_books;
pub mod search;
pub mod service;
pub mod sources;
pub mod statement;
pub mod support;
pub mod tick;
pub mod transfer;
pub mod venue;
pub mod visit;
pub(crate) mod weigh;
