//! A disk in memory under SQLite that fails, fills, lies and loses power.
//!
//! [`Disk`] is an SQLite VFS of its own: what a file holds and what would survive a power cut are
//! two things.

mod disk;
mod handle;
mod inode;
mod rng;
mod shm;
mod vfs;

pub use disk::{Disk, Fault, Image};
pub use rng::Rng;
