//! Interruptions: a caller who no longer wants to wait says so to everything that runs on an engine.

use std::sync::atomic::{AtomicU64, Ordering};

/// How often an engine was interrupted. What runs remembers the count at which it began.
#[derive(Debug, Default)]
pub(crate) struct Interrupts(AtomicU64);

impl Interrupts {
    /// The count now.
    pub fn seen(&self) -> u64 {
        self.0.load(Ordering::Acquire)
    }

    /// Whether there was one since.
    pub fn since(&self, begun: u64) -> bool {
        self.seen() != begun
    }

    /// One more.
    pub fn raise(&self) {
        self.0.fetch_add(1, Ordering::AcqRel);
    }
}
