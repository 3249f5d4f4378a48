//! PostgreSQL: the same statements over a connection to a server, in as few exchanges as can be.
//!
//! `driver` runs the network on a thread of its own, `connection` pipelines batches, `fuse` makes
//! one statement of several writes, `rewrite` turns the portable
//! statements into PostgreSQL's form, `rows` converts values, `failure` maps errors, `place` reads the URL, `schema`
//! makes and upgrades the tables.

pub(crate) mod connection;
pub(crate) mod driver;
pub(crate) mod failure;
mod fuse;
pub(crate) mod place;
mod rewrite;
mod rows;
pub(crate) mod schema;
#[cfg(test)]
mod tests;
