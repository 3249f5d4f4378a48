//! Interruptions: a caller who no longer wants to wait says so to everything that runs on an engine.

use std::cell::RefCell;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// How often an engine was interrupted. What runs remembers the count at which it began.
#[derive(Debug, Default)]
pub(crate) struct Interrupts(AtomicU64);

thread_local! {
    /// What the call on this thread heeds, and the count at which it began.
    static HEEDED: RefCell<Option<(Arc<Interrupts>, u64)>> = const { RefCell::new(None) };
}

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

/// A call begins on this thread: from now on, interruptions of this engine are its own.
pub(crate) fn heed(interrupts: &Arc<Interrupts>) {
    let begun = interrupts.seen();
    HEEDED.with_borrow_mut(|heeded| match heeded {
        // Mostly the same engine as before: no count of references is touched.
        Some((same, since)) if Arc::ptr_eq(same, interrupts) => *since = begun,
        other => *other = Some((Arc::clone(interrupts), begun)),
    });
}

/// Whether the call on this thread was interrupted since it began.
pub(crate) fn interrupted() -> bool {
    HEEDED.with_borrow(|heeded| heeded.as_ref().is_some_and(|(interrupts, begun)| interrupts.since(*begun)))
}
