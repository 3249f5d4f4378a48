//! New ids. Counters are reserved in the store in blocks. The writer keeps a copy from before each operation
//! and goes back to it after a refusal or a dry run, so those consume none.

use crate::store::config;
use crate::store::value::Connection;
use carnet_domain::ids::{self, Id};
use carnet_domain::{Error, Reason, Result};
use std::collections::BTreeMap;

/// How many numbers of a kind are reserved at a time.
const BLOCK: i64 = 256;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Range {
    next: i64,
    end: i64,
}

/// The ids that this process may hand out.
#[derive(Debug, Clone)]
pub(crate) struct Ids {
    node: i64,
    ranges: BTreeMap<&'static str, Range>,
    /// How many blocks were reserved.
    blocks: u64,
}

impl Ids {
    pub fn new(node: i64) -> Self {
        Self { node, ranges: BTreeMap::new(), blocks: 0 }
    }

    /// How many blocks were reserved so far: where it grows, the store was written to.
    pub const fn blocks(&self) -> u64 {
        self.blocks
    }

    /// The next id of a kind.
    pub fn next<T: Id>(&mut self, connection: &mut dyn Connection) -> Result<T> {
        let range = match self.ranges.get(T::KIND) {
            Some(range) if range.next < range.end => *range,
            _ => {
                let next = config::counter(connection, T::KIND)?;
                let overflow = || Error::new(Reason::Internal).with("what", "ids are used up");
                let end = next.checked_add(BLOCK).ok_or_else(overflow)?;
                self.blocks = self.blocks.saturating_add(1);
                config::reserve(connection, T::KIND, end)?;
                Range { next, end }
            }
        };
        self.ranges.insert(T::KIND, Range { next: range.next.saturating_add(1), ..range });
        ids::compose(self.node, range.next).map(T::from_raw)
    }

    /// Returns what was reserved and not used to the store, where no other process has reserved since.
    pub fn return_rest(&mut self, connection: &mut dyn Connection) -> Result<()> {
        for (kind, range) in std::mem::take(&mut self.ranges) {
            if config::counter(connection, kind)? == range.end && range.next < range.end {
                config::reserve(connection, kind, range.next)?;
            }
        }
        Ok(())
    }
}
