//! The memory that connections share in WAL mode. It belongs to the running system: a reboot forgets it.

use rusqlite::ffi;
use std::alloc::{Layout, alloc_zeroed, dealloc};
use std::ffi::{c_int, c_void};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// One region of the WAL index. It never moves: SQLite keeps pointers into it.
struct Region {
    memory: *mut u8,
    layout: Layout,
}

impl Drop for Region {
    fn drop(&mut self) {
        // SAFETY: `memory` came from `alloc_zeroed` with this very layout and is freed only here. The
        // last handle has unmapped it, since each handle holds an `Arc` of the `Shm` that owns it.
        unsafe { dealloc(self.memory, self.layout) }
    }
}

// SAFETY: the pointer is only handed out, never followed, by our code; SQLite guards what it points
// to with the locks below and with barriers, as it does for a mapped file.
unsafe impl Send for Region {}

#[derive(Debug, Clone, Copy)]
struct Holder {
    handle: u64,
    shared: u8,
    exclusive: u8,
}

#[derive(Default)]
struct Inner {
    regions: Vec<Region>,
    holders: Vec<Holder>,
}

/// The WAL index of one database, shared by its handles.
#[derive(Default)]
pub(crate) struct Shm(Mutex<Inner>);

impl Shm {
    fn inner(&self) -> MutexGuard<'_, Inner> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn attach(&self, handle: u64) {
        self.inner().holders.push(Holder { handle, shared: 0, exclusive: 0 });
    }

    /// Drops the locks of a handle; true if it was the last one.
    pub(crate) fn detach(&self, handle: u64) -> bool {
        let mut inner = self.inner();
        inner.holders.retain(|h| h.handle != handle);
        inner.holders.is_empty()
    }

    /// The address of a region, null if it does not exist and is not to be made.
    pub(crate) fn map(&self, index: usize, size: usize, extend: bool) -> Result<*mut c_void, c_int> {
        let mut inner = self.inner();
        while extend && inner.regions.len() <= index {
            let layout = Layout::from_size_align(size.max(1), 16).map_err(|_| ffi::SQLITE_IOERR_SHMSIZE)?;
            // SAFETY: the layout has a size of at least one byte.
            let memory = unsafe { alloc_zeroed(layout) };
            if memory.is_null() {
                return Err(ffi::SQLITE_IOERR_NOMEM);
            }
            inner.regions.push(Region { memory, layout });
        }
        Ok(inner.regions.get(index).map_or(std::ptr::null_mut(), |r| r.memory.cast()))
    }

    /// SQLite's rule: shared beside shared, exclusive alone.
    pub(crate) fn lock(&self, handle: u64, mask: u8, exclusive: bool) -> c_int {
        let mut inner = self.inner();
        let taken = inner.holders.iter().filter(|h| h.handle != handle).any(|h| {
            let against = if exclusive { h.shared | h.exclusive } else { h.exclusive };
            against & mask != 0
        });
        if taken {
            return ffi::SQLITE_BUSY;
        }
        for h in inner.holders.iter_mut().filter(|h| h.handle == handle) {
            if exclusive {
                h.exclusive |= mask;
            } else {
                h.shared |= mask;
            }
        }
        ffi::SQLITE_OK
    }

    pub(crate) fn unlock(&self, handle: u64, mask: u8) {
        for h in self.inner().holders.iter_mut().filter(|h| h.handle == handle) {
            h.shared &= !mask;
            h.exclusive &= !mask;
        }
    }

    /// Taking the mutex orders memory between threads as the unix VFS does.
    pub(crate) fn barrier(&self) {
        std::sync::atomic::fence(std::sync::atomic::Ordering::SeqCst);
        drop(self.inner());
        std::sync::atomic::fence(std::sync::atomic::Ordering::SeqCst);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn locks_follow_the_rule_and_go_with_their_handle() {
        let shm = Shm::default();
        shm.attach(1);
        shm.attach(2);
        assert_eq!(shm.lock(1, 0b1000, false), ffi::SQLITE_OK);
        assert_eq!(shm.lock(2, 0b1000, false), ffi::SQLITE_OK);
        assert_eq!(shm.lock(2, 0b1100, true), ffi::SQLITE_BUSY);
        assert_eq!(shm.lock(2, 0b0100, true), ffi::SQLITE_OK);
        assert_eq!(shm.lock(1, 0b0100, false), ffi::SQLITE_BUSY);
        assert!(!shm.detach(2));
        assert_eq!(shm.lock(1, 0b1100, true), ffi::SQLITE_OK);
        assert!(shm.detach(1));
    }

    #[test]
    fn regions_start_empty_and_stay_where_they_are() {
        let shm = Shm::default();
        assert_eq!(shm.map(0, 32768, false), Ok(std::ptr::null_mut()));
        let first = shm.map(0, 32768, true).unwrap();
        let third = shm.map(2, 32768, true).unwrap();
        assert!(!first.is_null() && !third.is_null() && first != third);
        assert_eq!(shm.map(0, 32768, false), Ok(first));
    }
}
