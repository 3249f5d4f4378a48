//! Renewal: when the pass that follows another begins and ends.
//!
//! The ends of a row of renewals are counted from the first day of the row, so that months of 28 days leave no trace:
//! 31 January, 28 February, 31 March. Whatever moved the end begins a new row on the day of that end.

use crate::calendar::{self, Period, Zone};
use crate::course::move_days;
use crate::error::{Reason, Result};
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

/// The first pass of a row.
fn first(starts: Instant, anchor: Date, period: Period, zone: Zone) -> Result<Next> {
    Ok(Next { starts, ends: zone.start_of(calendar::add(anchor, period, 1)?)?, anchor, term: 0 })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::Unit;

    const MONTH: Period = Period::new(1, Unit::Month);

    fn zone() -> Zone {
        "Europe/Bucharest".parse().expect("a zone")
    }

    fn day(text: &str) -> Date {
        text.parse().expect("a date")
    }

    fn start(text: &str) -> Instant {
        zone().start_of(day(text)).expect("in range")
    }

    fn old(ends: &str, anchor: &str, term: i32) -> Old {
        Old { ends: start(ends), anchor: Some(day(anchor)), term }
    }

    #[test]
    fn s17_month_ends_do_not_drift_over_renewals() {
        let (mut pass, mut ends) = (old("2026-02-28", "2026-01-31", 0), Vec::new());
        for _ in 0..6 {
            let renewed = next(pass, MONTH, pass.ends, 0, zone()).expect("renews");
            assert_eq!(renewed.starts, pass.ends);
            ends.push(zone().date_of(renewed.ends).to_string());
            pass = Old { ends: renewed.ends, anchor: Some(renewed.anchor), term: renewed.term };
        }
        assert_eq!(
            ends,
            ["2026-03-31", "2026-04-30", "2026-05-31", "2026-06-30", "2026-07-31", "2026-08-31"]
        );
    }

    #[test]
    fn s18_a_renewal_goes_on_from_the_old_end() {
        // Through 20 January 2007 is until 21 January 00:00; renewed in December, through 20 January 2008.
        let year = Period::new(1, Unit::Year);
        let renewed = next(old("2007-01-21", "2006-01-21", 0), year, start("2006-12-10"), 0, zone());
        let expected = Next {
            starts: start("2007-01-21"),
            ends: start("2008-01-21"),
            anchor: day("2006-01-21"),
            term: 1,
        };
        assert_eq!(renewed, Ok(expected));
    }

    #[test]
    fn late_within_grace_and_after_it() {
        let pass = old("2026-05-01", "2026-04-01", 0);
        let week_later = start("2026-05-08");
        let within = next(pass, MONTH, week_later, 8, zone()).expect("renews");
        assert_eq!((within.starts, within.ends), (start("2026-05-01"), start("2026-06-01")));
        let late = next(pass, MONTH, week_later, 7, zone()).expect("renews");
        assert_eq!((late.starts, late.ends, late.term), (week_later, start("2026-06-08"), 0), "half-open");
        let at_the_end = next(pass, MONTH, pass.ends, 0, zone()).expect("renews");
        assert_eq!(at_the_end.term, 1, "at its very end it is not late");
    }

    #[test]
    fn an_end_that_moved_begins_a_new_row() {
        // Frozen for ten days: 28 February became 10 March. From there a month is 10 April, and then 10 May.
        let renewed = next(old("2026-03-10", "2026-01-31", 0), MONTH, start("2026-03-01"), 0, zone());
        let expected = Next {
            starts: start("2026-03-10"),
            ends: start("2026-04-10"),
            anchor: day("2026-03-10"),
            term: 0,
        };
        assert_eq!(renewed, Ok(expected));
    }
}
