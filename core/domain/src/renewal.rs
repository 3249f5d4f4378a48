//! Renewal: when the pass that follows another begins and ends.
//!
//! The ends of a row of renewals are counted from the first day of the row, so that months of 28 days leave no trace:
//! 31 January, 28 February, 31 March. Whatever moved the end begins a new row on the day of that end.

use crate::calendar::{self, Period, Zone};
use crate::course::move_days;
use crate::error::{Reason, Result};
use crate::freeze::{self, Days};
use crate::life::{Freeze, Frozen};
use crate::pass::Pass;
use crate::plan::Validity;
use crate::time::{Date, Instant};

/// A pass that is to be renewed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Old {
    /// The instant at which it has ended.
    pub ends: Instant,
    /// The first day of its row.
    pub anchor: Option<Date>,
    /// Which period of the row it is, from 0 on.
    pub term: i32,
}

/// The pass that follows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Next {
    /// Its first instant.
    pub starts: Instant,
    /// The instant at which it has ended.
    pub ends: Instant,
    /// The first day of its row.
    pub anchor: Date,
    /// Which period of the row it is.
    pub term: i32,
}

/// When a renewal begins and ends. It begins at the old end if it is early or at most `grace` days late, else now.
///
/// # Errors
/// `out_of_range` beyond the calendar.
pub fn next(old: Old, period: Period, at: Instant, grace: i32, zone: Zone) -> Result<Next> {
    let in_time = at <= old.ends || at < move_days(zone, old.ends, grace.into())?;
    if !in_time {
        return first(at, zone.date_of(at), period, zone);
    }
    let next = old.term.checked_add(1).and_then(|term| u32::try_from(term).ok()).ok_or(Reason::OutOfRange)?;
    if let Some(anchor) = old.anchor
        && zone.start_of(calendar::add(anchor, period, next)?)? == old.ends
    {
        let after = next.checked_add(1).ok_or(Reason::OutOfRange)?;
        let ends = zone.start_of(calendar::add(anchor, period, after)?)?;
        let term = i32::try_from(next).map_err(|_| Reason::OutOfRange)?;
        return Ok(Next { starts: old.ends, ends, anchor, term });
    }
    first(old.ends, zone.date_of(old.ends), period, zone)
}

impl Pass {
    /// Moves a renewal that has not begun to where the end before it has moved: it lies as if it were sold now. What its own
    /// end was moved by stays, and so do the days on which it is frozen, as far as they are within it.
    ///
    /// # Errors
    /// `out_of_range` beyond the calendar.
    pub fn follow(&mut self, old: Old, freezes: &[Freeze], zone: Zone) -> Result<()> {
        let Some(Validity::Period(period)) = self.validity else { return Ok(()) };
        let Some(ends) = self.ends else { return Ok(()) };
        let own = self.moved_by(ends, period, zone)?;
        let next = next(old, period, old.ends, 0, zone)?;
        let mut end = move_days(zone, next.ends, own)?;
        self.frozen.clear();
        for frozen in within(next.starts, freezes, zone)? {
            if frozen.from < end {
                end = move_days(zone, end, days(&frozen, zone))?;
                self.frozen.push(frozen);
            }
        }
        (self.starts, self.ends) = (Some(next.starts), Some(end));
        (self.anchor, self.term) = (Some(next.anchor), next.term);
        Ok(())
    }

    /// By how many days the end was moved by hand: from where its row has it, frozen days left out.
    fn moved_by(&self, ends: Instant, period: Period, zone: Zone) -> Result<i64> {
        let Some(anchor) = self.anchor else { return Ok(0) };
        let after = u32::try_from(self.term.saturating_add(1)).map_err(|_| Reason::OutOfRange)?;
        let of_row = calendar::add(anchor, period, after)?;
        let frozen = self.frozen.iter().map(|frozen| days(frozen, zone)).fold(0, i64::saturating_add);
        Ok(Days { from: of_row, until: zone.date_of(ends) }.count().saturating_sub(frozen))
    }

    /// Freezes a pass on these days and no others, from its beginning on, and moves its end by as many days as are more
    /// than before. Returns how many that are.
    ///
    /// # Errors
    /// `out_of_range` beyond the calendar.
    pub fn freeze_on(&mut self, freezes: &[Freeze], zone: Zone) -> Result<i64> {
        let count =
            |frozen: &[Frozen]| frozen.iter().map(|frozen| days(frozen, zone)).fold(0, i64::saturating_add);
        let before = count(&self.frozen);
        self.frozen = within(self.starts.unwrap_or(Instant::MIN), freezes, zone)?;
        let more = count(&self.frozen).saturating_sub(before);
        self.move_end(more, zone)?;
        Ok(more)
    }
}

/// The stretches of freezes from an instant on.
fn within(starts: Instant, freezes: &[Freeze], zone: Zone) -> Result<Vec<Frozen>> {
    let all = freeze::stretches(freezes, zone)?.into_iter().filter(|frozen| frozen.until > starts);
    Ok(all.map(|frozen| Frozen { from: frozen.from.max(starts), ..frozen }).collect())
}

fn days(frozen: &Frozen, zone: Zone) -> i64 {
    Days { from: zone.date_of(frozen.from), until: zone.date_of(frozen.until) }.count()
}

/// The first pass of a row.
fn first(starts: Instant, anchor: Date, period: Period, zone: Zone) -> Result<Next> {
    Ok(Next { starts, ends: zone.start_of(calendar::add(anchor, period, 1)?)?, anchor, term: 0 })
}

#[cfg(test)]
mod tests;
