//! PostgreSQL: the same statements over a connection to a server, in as few exchanges as can be.
//!
//! `place` reads the URL, `dial` connects, `greeting` is the driver's part, `wire` carries the traffic on the thread that
//! waits for it, `talk` is the protocol, `connection` sends batches, `fuse` makes one statement of several writes, `rewrite` turns the portable statements into
//! PostgreSQL's form, `rows` converts values, `failure` maps errors, `schema` makes and upgrades the tables.

pub(crate) mod connection;
mod dial;
pub(crate) mod failure;
mod fuse;
mod greeting;
pub(crate) mod place;
mod rewrite;
mod rows;
pub(crate) mod schema;
pub(crate) mod talk;
#[cfg(test)]
mod tests;
pub(crate) mod wire;
