//! Handles: numbers that are looked up, never followed.
//!
//! A handle holds the kind of its object, a place, and how often that place was used: one that was closed finds
//! nothing, for no two objects ever get the same number. A place is locked by who uses its object, so a close waits.

use engine::{Error, Reason, Result};
use std::sync::{Mutex, OnceLock, PoisonError, RwLock};

/// What kind of object a handle is for: a handle of one kind is none of another.
#[derive(Clone, Copy)]
pub enum Kind {
    Engine = 0,
    Error = 1,
    Changes = 2,
}

/// Odd numbers only: no pointer to an object of C is odd, so the two are never confused.
const TAG_BITS: u32 = 1;
const KIND_BITS: u32 = 2;
/// A quarter of a million places in 32 bits, a thousand million in 64.
const PLACE_BITS: u32 = if usize::BITS == 32 { 18 } else { 30 };
const USE_BITS: u32 = usize::BITS - TAG_BITS - KIND_BITS - PLACE_BITS;
const PLACES: usize = 1 << PLACE_BITS;
const USES: usize = (1 << USE_BITS) - 1;

/// Places come in blocks that never move, each twice as large as the one before.
const FIRST_BLOCK_BITS: u32 = 4;
const BLOCKS: usize = (PLACE_BITS - FIRST_BLOCK_BITS) as usize + 1;

/// The objects of one type that are open.
#[repr(C)]
pub struct Registry<T> {
    kind: Kind,
    blocks: [OnceLock<Box<[Place<T>]>>; BLOCKS],
    free: Mutex<Free>,
}

struct Place<T>(RwLock<Used<T>>);

/// In this order: what a look at the handle reads lies beside the lock.
#[repr(C)]
struct Used<T> {
    /// How often the place was used, with the use of now or the next: from 1, so that no small number is a handle.
    times: usize,
    object: Option<T>,
}

struct Free {
    places: Vec<usize>,
    /// The first place that was never used.
    next: usize,
}

/// The block of a place and its index in it.
fn block_of(place: usize) -> (usize, usize) {
    let shifted = place.saturating_add(1 << FIRST_BLOCK_BITS);
    let bit = shifted.checked_ilog2().unwrap_or(0);
    let block = bit.saturating_sub(FIRST_BLOCK_BITS);
    (block as usize, shifted.saturating_sub(1 << bit))
}

impl<T> Registry<T> {
    pub const fn new(kind: Kind) -> Self {
        let free = Mutex::new(Free { places: Vec::new(), next: 0 });
        Self { kind, blocks: [const { OnceLock::new() }; BLOCKS], free }
    }

    fn handle(&self, place: usize, times: usize) -> usize {
        let kind = self.kind as usize;
        times << (TAG_BITS + KIND_BITS + PLACE_BITS) | place << (TAG_BITS + KIND_BITS) | kind << TAG_BITS | 1
    }

    /// Place and uses of a handle, if it is of this kind.
    fn parts(&self, handle: usize) -> Option<(usize, usize)> {
        let place = handle >> (TAG_BITS + KIND_BITS) & (PLACES - 1);
        let times = handle >> (TAG_BITS + KIND_BITS + PLACE_BITS);
        // Place and uses are all other bits.
        let tag = handle & ((1 << (TAG_BITS + KIND_BITS)) - 1);
        (tag == (self.kind as usize) << TAG_BITS | 1).then_some((place, times))
    }

    fn place(&self, place: usize) -> Option<&RwLock<Used<T>>> {
        let (block, index) = block_of(place);
        self.blocks.get(block)?.get()?.get(index).map(|place| &place.0)
    }

    /// Keeps an object and returns its handle.
    pub fn add(&self, object: T) -> Result<usize> {
        let used_up = || Error::new(Reason::Internal).with("what", "handles used up");
        let mut free = self.free.lock().unwrap_or_else(PoisonError::into_inner);
        let place = match free.places.pop() {
            Some(place) => place,
            None if free.next < PLACES => {
                let place = free.next;
                self.grow(place);
                free.next = place.saturating_add(1);
                place
            }
            None => return Err(used_up()),
        };
        let mut used = self.place(place).ok_or_else(used_up)?.write().unwrap_or_else(PoisonError::into_inner);
        used.object = Some(object);
        Ok(self.handle(place, used.times))
    }

    fn grow(&self, place: usize) {
        let (block, _) = block_of(place);
        let Some(cell) = self.blocks.get(block) else { return };
        let fresh = || Place(RwLock::new(Used { times: 1, object: None }));
        cell.get_or_init(|| std::iter::repeat_with(fresh).take(1 << FIRST_BLOCK_BITS << block).collect());
    }

    /// Lends the object of a handle to a piece of work, if it is open.
    #[inline]
    pub fn with<R>(&self, handle: usize, work: impl FnOnce(&T) -> R) -> Option<R> {
        let (place, times) = self.parts(handle)?;
        let used = self.place(place)?.read().unwrap_or_else(PoisonError::into_inner);
        used.object.as_ref().filter(|_| used.times == times).map(work)
    }

    /// Forgets a handle and returns its object, after everybody who uses it.
    pub fn remove(&self, handle: usize) -> Option<T> {
        let (place, times) = self.parts(handle)?;
        let object = {
            let mut used = self.place(place)?.write().unwrap_or_else(PoisonError::into_inner);
            if used.times != times {
                return None;
            }
            let object = used.object.take()?;
            used.times = times.saturating_add(1);
            object
        };
        // A place whose uses are used up is not used again, rather than that an old handle finds a new object.
        if times < USES {
            self.free.lock().unwrap_or_else(PoisonError::into_inner).places.push(place);
        }
        Some(object)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_handle_finds_its_object_until_it_is_removed_and_never_another() {
        static ENGINES: Registry<u32> = Registry::new(Kind::Engine);
        static ERRORS: Registry<u32> = Registry::new(Kind::Error);
        let handles: Vec<usize> = (0..100).map(|n| ENGINES.add(n).expect("room")).collect();
        for (n, handle) in (0..100).zip(&handles) {
            assert_eq!(ENGINES.with(*handle, |found| *found), Some(n));
            assert_eq!(handle & 1, 1);
            assert!(ERRORS.with(*handle, |_| ()).is_none(), "of another kind");
        }
        for (n, handle) in (0..100).zip(&handles) {
            assert_eq!(ENGINES.remove(*handle), Some(n));
            assert_eq!(ENGINES.remove(*handle), None);
        }
        let again: Vec<usize> = (0..100).map(|n| ENGINES.add(n).expect("room")).collect();
        assert!(handles.iter().all(|old| !again.contains(old) && ENGINES.with(*old, |_| ()).is_none()));
        for wrong in [0, 1, 2, 3, usize::MAX, usize::MAX - 1, handles[0] + 1] {
            assert!(ENGINES.with(wrong, |_| ()).is_none() && ENGINES.remove(wrong).is_none(), "{wrong}");
        }
    }

    #[test]
    fn places_fill_blocks_one_after_the_other() {
        assert_eq!([0, 15, 16, 47, 48].map(block_of), [(0, 0), (0, 15), (1, 0), (1, 31), (2, 0)]);
        assert_eq!(block_of(PLACES - 1).0, BLOCKS - 1);
    }
}
