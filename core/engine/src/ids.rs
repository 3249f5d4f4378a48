//! New ids. Counters are reserved in the store in blocks. Whoever writes keeps a copy from before each operation
//! and goes back to it after a refusal or a dry run, so those consume none.

use crate::store::config;
use crate::store::value::Connection;
use carnet_domain::ids::{self, Id};
use carnet_domain::{Error, Reason, Result};
use std::collections::{BTreeMap, VecDeque};

/// How many numbers of a kind are reserved at a time.
const BLOCK: i64 = 256;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Range {
    next: i64,
    end: i64,
}

/// The ids that may be handed out.
#[derive(Debug, Clone)]
pub(crate) struct Ids {
    node: i64,
    ranges: BTreeMap<&'static str, VecDeque<Range>>,
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
        let ranges = self.ranges.entry(T::KIND).or_default();
        while ranges.front().is_some_and(|range| range.next >= range.end) {
            ranges.pop_front();
        }
        if ranges.is_empty() {
            self.blocks = self.blocks.saturating_add(1);
            let next = connection.reserve_ids(T::KIND, BLOCK)?;
            ranges.push_back(Range { next, end: next.saturating_add(BLOCK) });
        }
        let range = ranges.front_mut().ok_or(Reason::Internal)?;
        let number = range.next;
        range.next = number
            .checked_add(1)
            .ok_or_else(|| Error::new(Reason::Internal).with("what", "ids are used up"))?;
        ids::compose(self.node, number).map(T::from_raw)
    }

    /// Goes back to what there was before an operation. Blocks that it reserved for good stay, whole.
    #[cfg(feature = "postgres")]
    pub fn undo(&mut self, before: Self) {
        let after = std::mem::replace(self, before);
        for (kind, ranges) in after.ranges {
            let known = self.ranges.entry(kind).or_default();
            for range in ranges {
                if !known.iter().any(|kept| kept.end == range.end) {
                    known.push_back(Range { next: range.end.saturating_sub(BLOCK), ..range });
                }
            }
        }
    }

    /// What was reserved and not used: kind, next number and end of each block, the newest first.
    #[cfg(feature = "postgres")]
    pub fn take_rest(&mut self) -> Vec<(&'static str, i64, i64)> {
        let all = std::mem::take(&mut self.ranges);
        let rest = all.into_iter().flat_map(|(kind, ranges)| {
            ranges.into_iter().rev().map(move |range| (kind, range.next, range.end))
        });
        rest.filter(|(_, next, end)| next < end).collect()
    }

    /// Returns what was reserved and not used to the store, where no other process has reserved since.
    pub fn return_rest(&mut self, connection: &mut dyn Connection) -> Result<()> {
        for (kind, ranges) in std::mem::take(&mut self.ranges) {
            for range in ranges.into_iter().rev() {
                if range.next < range.end && config::counter(connection, kind)? == range.end {
                    config::reserve(connection, kind, range.next)?;
                }
            }
        }
        Ok(())
    }
}
