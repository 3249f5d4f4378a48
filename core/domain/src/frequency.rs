//! How often clients come.

use crate::error::{Reason, Result};
use crate::ids::{ClientId, ZoneId};
use crate::time::{Instant, SECOND};
use std::collections::BTreeSet;

/// A week of 168 hours, in microseconds.
pub const WEEK: i64 = 7 * 24 * 3600 * SECOND;

/// A visit, as far as its frequency asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stay {
    /// The zone entered.
    pub zone: ZoneId,
    /// When it began.
    pub entered: Instant,
    /// When it ended.
    pub exited: Option<Instant>,
    /// For how long after an exit coming back is the same visit, in microseconds.
    pub grace: i64,
}

/// How many visits of one client began at an instant or later. Who came back within the grace of the exit before, in the same
/// zone, goes on with the same visit. `stays` holds the visits asked about and those that ended shortly before, in any order.
#[must_use]
pub fn visits(stays: &[Stay], from: Instant) -> i64 {
    let exits: BTreeSet<(ZoneId, Instant)> =
        stays.iter().filter_map(|stay| Some((stay.zone, stay.exited?))).collect();
    let is_new = |stay: &&Stay| {
        let before = exits.range((stay.zone, Instant::MIN)..=(stay.zone, stay.entered)).next_back();
        let since = before.and_then(|(_, exit)| stay.entered.micros().checked_sub(exit.micros()));
        stay.entered >= from && since.is_none_or(|since| since >= stay.grace)
    };
    i64::try_from(stays.iter().filter(is_new).count()).unwrap_or(i64::MAX)
}

/// How many there were a week, over a stretch of so many microseconds: decimal text with one digit, half away from zero.
///
/// # Errors
/// `end_before_start` for a stretch of nothing, `overflow`.
pub fn per_week(count: i64, micros: i64) -> Result<String> {
    if micros <= 0 {
        return Err(Reason::EndBeforeStart.into());
    }
    let doubled = i128::from(count).checked_mul(20).and_then(|tenths| tenths.checked_mul(WEEK.into()));
    let tenths = doubled
        .and_then(|doubled| doubled.checked_add(micros.into()))
        .and_then(|sum| sum.checked_div(i128::from(micros).checked_mul(2)?))
        .ok_or(Reason::Overflow)?;
    let whole = tenths.checked_div(10).ok_or(Reason::Overflow)?;
    Ok(format!("{whole}.{}", tenths.checked_rem(10).ok_or(Reason::Overflow)?))
}

/// A place in a ranking.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ranked {
    /// 1 for the first. Equal counts have the same; who comes after them has as many before as there are.
    pub rank: i64,
    /// Who.
    pub client: ClientId,
    /// How often.
    pub count: i64,
}

/// A ranking by counts, the highest first; equal ones in the order of their ids.
#[must_use]
pub fn ranking(mut counts: Vec<(ClientId, i64)>) -> Vec<Ranked> {
    counts.sort_by_key(|(client, count)| (std::cmp::Reverse(*count), *client));
    let mut ranked: Vec<Ranked> = Vec::with_capacity(counts.len());
    for (place, (client, count)) in (1_i64..).zip(counts) {
        let rank = ranked.last().filter(|last| last.count == count).map_or(place, |last| last.rank);
        ranked.push(Ranked { rank, client, count });
    }
    ranked
}

#[cfg(test)]
mod tests {
    use super::*;

    const MINUTE: i64 = 60 * SECOND;

    fn at(minutes: i64) -> Instant {
        Instant::from_micros(minutes.saturating_mul(MINUTE)).expect("an instant")
    }

    fn stay(zone: i64, entered: i64, exited: Option<i64>) -> Stay {
        Stay { zone: ZoneId(zone), entered: at(entered), exited: exited.map(at), grace: 10 * MINUTE }
    }

    #[test]
    fn a_reentry_within_grace_is_the_same_visit() {
        let back = |entered| [stay(1, 0, Some(60)), stay(1, entered, None)];
        assert_eq!(visits(&back(69), at(0)), 1);
        assert_eq!(visits(&back(70), at(0)), 2, "the grace is over after ten minutes");
        assert_eq!(visits(&back(60), at(0)), 1);
        assert_eq!(visits(&back(69), at(61)), 0, "it goes on with one that began before");
        assert_eq!(visits(&back(70), at(61)), 1);
        let chain = [stay(1, 0, Some(60)), stay(1, 65, Some(70)), stay(1, 75, Some(80)), stay(1, 95, None)];
        assert_eq!(visits(&chain, at(0)), 2);
        assert_eq!(visits(&[stay(1, 0, Some(60)), stay(2, 65, None)], at(0)), 2, "another zone");
        let later_exit = [stay(1, 0, Some(60)), stay(1, 65, Some(66)), stay(1, 30, Some(100))];
        assert_eq!(visits(&later_exit, at(0)), 2, "an exit that came after says nothing");
        let no_grace = [Stay { grace: 0, ..stay(1, 0, Some(60)) }, Stay { grace: 0, ..stay(1, 60, None) }];
        assert_eq!(visits(&no_grace, at(0)), 2);
    }

    #[test]
    fn eight_in_four_weeks_are_two_a_week() {
        let weekly = |count, weeks| per_week(count, WEEK.saturating_mul(weeks));
        assert_eq!(weekly(8, 4).as_deref(), Ok("2.0"));
        // 7 / 4 = 1.75, 1 / 8 = 0.125, 1 / 20 = 0.05, 1 / 21 = 0.047
        assert_eq!(weekly(7, 4).as_deref(), Ok("1.8"));
        assert_eq!(weekly(1, 8).as_deref(), Ok("0.1"));
        assert_eq!(weekly(1, 20).as_deref(), Ok("0.1"));
        assert_eq!(weekly(1, 21).as_deref(), Ok("0.0"));
        assert_eq!(weekly(0, 4).as_deref(), Ok("0.0"));
        // 3 in 4 days are 5.25 in 7.
        assert_eq!(per_week(3, WEEK / 7 * 4).as_deref(), Ok("5.3"));
        assert!(per_week(1, 0).is_err());
        assert!(per_week(i64::MAX, 1).is_ok(), "many in a moment");
    }

    #[test]
    fn equal_ranks_and_then_a_gap() {
        let counts =
            [(1, 5), (2, 9), (3, 5), (4, 2), (5, 5)].map(|(id, count)| (ClientId(id), count)).to_vec();
        let found: Vec<_> = ranking(counts).iter().map(|one| (one.rank, one.client.0, one.count)).collect();
        assert_eq!(found, [(1, 2, 9), (2, 1, 5), (2, 3, 5), (2, 5, 5), (5, 4, 2)]);
    }
}
