//! What a till or a turnstile does in a hurry, with structs in place of JSON. Each function is one operation of the table
//! and means the same.

mod access;
mod account;
mod convert;
mod hold;

pub use access::*;
pub use account::*;
pub use hold::*;
