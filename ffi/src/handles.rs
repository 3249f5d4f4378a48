//! Handles: numbers that are looked up, never followed.

use engine::{Error, Reason, Result};
use std::collections::BTreeMap;
use std::sync::{Arc, PoisonError, RwLock};

/// What a handle stands for, kept alive while a call uses it.
pub type Held<T> = Arc<T>;

/// The objects of one type that are open. A handle is never used again, so an old one finds nothing.
pub struct Registry<T>(RwLock<Table<T>>);

struct Table<T> {
    last: usize,
    open: BTreeMap<usize, Held<T>>,
}

impl<T> Registry<T> {
    pub const fn new() -> Self {
        // Odd numbers only: no pointer to an object of C is odd, so the two are never confused.
        Self(RwLock::new(Table { last: 1, open: BTreeMap::new() }))
    }

    /// Keeps an object and returns its handle.
    pub fn add(&self, object: T) -> Result<usize> {
        let mut table = self.0.write().unwrap_or_else(PoisonError::into_inner);
        let handle = table
            .last
            .checked_add(2)
            .ok_or_else(|| Error::new(Reason::Internal).with("what", "handles used up"))?;
        table.last = handle;
        table.open.insert(handle, Arc::new(object));
        Ok(handle)
    }

    /// The object of a handle, if it is open.
    pub fn get(&self, handle: usize) -> Option<Held<T>> {
        self.0.read().unwrap_or_else(PoisonError::into_inner).open.get(&handle).cloned()
    }

    /// Forgets a handle and returns its object.
    pub fn remove(&self, handle: usize) -> Option<Held<T>> {
        self.0.write().unwrap_or_else(PoisonError::into_inner).open.remove(&handle)
    }
}
