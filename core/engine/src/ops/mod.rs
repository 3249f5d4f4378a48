//! The operations, one file an area: request and reply types, and the function that carries one out.
//!
//! A function gets its arguments and a [`Work`](crate::work::Work): it loads facts, asks the rules of
//! `carnet-domain`, and adds changes. It never sees SQL, the clock or a random number.

pub mod access;
pub mod account;
pub mod adjust;
pub mod card;
pub mod check;
pub mod client;
pub mod day;
pub mod hold;
pub mod hold_capture;
pub mod journal;
pub mod operator;
pub mod overview;
pub mod pass;
pub mod pass_cancel;
pub mod pass_sell;
pub mod plan;
pub mod report;
pub mod report_books;
pub mod service;
pub mod statement;
pub mod transfer;
pub mod venue;
