//! PostgreSQL: the same statements over a connection to a server, in as few exchanges as can be.
//!
//! `place` reads the URL, `dial` connects, `wire` carries the traffic on the thread that waits for it, `connection`
//! pipelines batches, `fuse` makes one statement of several writes, `rewrite` turns the portable statements into
//! PostgreSQL's form, `rows` converts values, `failure` maps errors, `schema` makes and upgrades the tables.

pub(crate) mod connection;
mod dial;
pub(crate) mod failure;
mod fuse;
pub(crate) mod place;
mod rewrite;
mod rows;
pub(crate) mod schema;
#[cfg(test)]
mod tests;
pub(crate) mod wire;
