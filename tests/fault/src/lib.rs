//! A disk in memory under SQLite that fails, fills, lies and loses power, and the harnesses that use it.
//!
//! [`Disk`] is an SQLite VFS of its own: what a file holds and what would survive a power cut are
//! two things. [`power::cuts`] cuts the power at random operations and asks a [`Workload`] whether
//! anything it acknowledged is gone; [`replay::cuts`] runs a script once, writes down what it does to the disk, and cuts
//! the power at every operation of that [`Tape`]; [`io::sweep`] makes every single operation fail in turn.
//!
//! ```
//! use carnet_fault::{power, raw::Script};
//! let report = power::cuts(20, 1, &Script::default());
//! assert_eq!((report.cuts, report.lost_acks, report.broken), (20, 0, 0));
//! ```

mod disk;
mod handle;
mod harness;
mod inode;
pub mod io;
mod look;
pub mod power;
pub mod raw;
pub mod replay;
mod rng;
mod shm;
mod tape;
mod vfs;

pub use disk::{Disk, Fault, Image};
pub use harness::{Finding, History, Step, Workload};
pub use rng::Rng;
pub use tape::Tape;
