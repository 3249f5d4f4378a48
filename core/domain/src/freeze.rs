//! Freezing: which days a pass may be frozen, by the allowance of its plan and without reaching into the past.
//!
//! A freeze covers whole local days of the venue that sold the pass, half-open: from a day, until a day on which the
//! pass can be used again.

use crate::calendar::Zone;
use crate::error::{Error, Reason, Result};
use crate::life::{Freeze, FreezeRules, Frozen};
use crate::time::Date;

/// Whole days, half-open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Days {
    /// The first day.
    pub from: Date,
    /// The day after the last.
    pub until: Date,
}

/// Where a freeze may lie.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Room {
    /// The local day of the request.
    pub today: Date,
    /// Whether the pass was used on it.
    pub used_today: bool,
    /// The first day of the pass.
    pub first: Date,
    /// The day on which it has ended; none for ever.
    pub end: Option<Date>,
}

impl Days {
    /// How many they are.
    #[must_use]
    pub fn count(self) -> i64 {
        self.until.signed_duration_since(self.from).num_days()
    }

    /// The same as instants of a zone.
    ///
    /// # Errors
    /// `out_of_range` beyond the calendar.
    pub fn instants(self, zone: Zone) -> Result<Frozen> {
        Ok(Frozen { from: zone.start_of(self.from)?, until: zone.start_of(self.until)? })
    }

    fn meet(self, other: Self) -> bool {
        self.from < other.until && other.from < self.until
    }
}

impl Room {
    /// The first day that may be frozen: today, tomorrow if the pass was used today, not before its own first day.
    #[must_use]
    pub fn earliest(&self) -> Date {
        let now = if self.used_today { self.today.succ_opt().unwrap_or(self.today) } else { self.today };
        now.max(self.first)
    }

    /// What this pass has of the days on which all are frozen; none where it has ended by the first of them.
    #[must_use]
    pub fn share(&self, asked: Days) -> Option<Days> {
        let from = asked.from.max(self.earliest());
        let is_there = from < asked.until && self.end.is_none_or(|end| from < end);
        is_there.then_some(Days { from, until: asked.until })
    }
}

impl Freeze {
    /// The days that it covers in truth; none if it was called off.
    #[must_use]
    pub fn days(&self) -> Option<Days> {
        let until = self.ended.unwrap_or(self.until);
        (self.from < until).then_some(Days { from: self.from, until })
    }
}

/// Checks a freeze against the past, the life of the pass, the other freezes and the allowance, which `beyond` sets aside.
///
/// # Errors
/// `end_before_start`; `in_the_past` with `earliest`; `out_of_range` on or after the end of the pass; `already_exists`
/// where days are frozen already; `not_allowed` without rules or below `shortest`; `allowance_used` with `days_left` or
/// `times_left`.
pub fn check(
    rules: Option<&FreezeRules>,
    made: &[Freeze],
    asked: Days,
    room: &Room,
    beyond: bool,
) -> Result<()> {
    if asked.count() <= 0 {
        return Err(Error::field(Reason::EndBeforeStart, "until"));
    }
    if asked.count() > MOST_DAYS {
        return Err(Error::field(Reason::OutOfRange, "until").with("max_days", MOST_DAYS));
    }
    let earliest = room.earliest();
    if asked.from < earliest {
        return Err(Error::field(Reason::InThePast, "from").with("earliest", earliest));
    }
    if let Some(end) = room.end.filter(|end| *end <= asked.from) {
        return Err(Error::field(Reason::OutOfRange, "from").with("end", end));
    }
    if let Some(other) = made.iter().filter_map(Freeze::days).find(|other| other.meet(asked)) {
        let error = Error::field(Reason::AlreadyExists, "from");
        return Err(error.with("from", other.from).with("until", other.until));
    }
    if beyond {
        return Ok(());
    }
    let rules = rules.ok_or_else(|| Error::field(Reason::NotAllowed, "pass"))?;
    within(rules, made, asked)
}

/// The most days of one freeze: ten years.
pub const MOST_DAYS: i64 = 3660;

/// How many freezes count against the allowance, and how many days they have.
#[must_use]
pub fn counted(made: &[Freeze]) -> (i64, i64) {
    let days = made.iter().filter(|freeze| !freeze.free).filter_map(Freeze::days);
    days.fold((0, 0), |(times, sum), days| (times.saturating_add(1), sum.saturating_add(days.count())))
}

fn within(rules: &FreezeRules, made: &[Freeze], asked: Days) -> Result<()> {
    let (times, days) = counted(made);
    if let Some(shortest) = rules.shortest.map(i64::from).filter(|shortest| asked.count() < *shortest) {
        return Err(Error::field(Reason::NotAllowed, "until").with("shortest", shortest));
    }
    if let Some(most) = rules.times.map(i64::from).filter(|most| times >= *most) {
        let left = most.saturating_sub(times).max(0);
        return Err(Error::field(Reason::AllowanceUsed, "pass").with("times_left", left));
    }
    let left = rules.days.map(|most| i64::from(most).saturating_sub(days).max(0));
    if let Some(left) = left.filter(|left| asked.count() > *left) {
        return Err(Error::field(Reason::AllowanceUsed, "until").with("days_left", left));
    }
    Ok(())
}

/// The parts of some days that no freeze covers yet, in order: what a freeze of everybody adds to one pass.
#[must_use]
pub fn uncovered(made: &[Freeze], asked: Days) -> Vec<Days> {
    let mut taken: Vec<Days> = made.iter().filter_map(Freeze::days).filter(|days| days.meet(asked)).collect();
    taken.sort_by_key(|days| days.from);
    let (mut parts, mut from) = (Vec::new(), asked.from);
    for days in taken {
        if from < days.from {
            parts.push(Days { from, until: days.from });
        }
        from = from.max(days.until);
    }
    if from < asked.until {
        parts.push(Days { from, until: asked.until });
    }
    parts
}

/// All freezes of a pass as stretches of time, in order.
///
/// # Errors
/// `out_of_range` beyond the calendar.
pub fn stretches(made: &[Freeze], zone: Zone) -> Result<Vec<Frozen>> {
    let mut days: Vec<Days> = made.iter().filter_map(Freeze::days).collect();
    days.sort_by_key(|days| days.from);
    days.into_iter().map(|days| days.instants(zone)).collect()
}

#[cfg(test)]
#[expect(clippy::arithmetic_side_effects, reason = "a test that overflows fails, as it should")]
mod tests {
    use super::*;
    use crate::ids::{FreezeId, PassId};
    use crate::time::Instant;
    use proptest::prelude::*;

    fn day(of_june: u32) -> Date {
        Date::from_ymd_opt(2026, 6, of_june).expect("a date")
    }

    fn days(from: u32, until: u32) -> Days {
        Days { from: day(from), until: day(until) }
    }

    fn made(from: u32, until: u32, ended: Option<u32>) -> Freeze {
        Freeze {
            freeze: FreezeId(1),
            pass: PassId(1),
            from: day(from),
            until: day(until),
            ended: ended.map(day),
            free: false,
            reason: None,
            made: Instant::MIN,
            operator: None,
            group: None,
        }
    }

    fn room(today: u32, used_today: bool) -> Room {
        Room { today: day(today), used_today, first: day(1), end: Some(day(28)) }
    }

    const RULES: FreezeRules =
        FreezeRules { days: Some(14), times: Some(2), shortest: Some(3), fee: None, ends_by_visit: false };

    fn reason(asked: Days, room: &Room, made: &[Freeze], beyond: bool) -> Option<Reason> {
        check(Some(&RULES), made, asked, room, beyond).err().map(|error| error.reason())
    }

    #[test]
    fn a_freeze_never_reaches_into_the_past() {
        assert_eq!(reason(days(10, 15), &room(10, false), &[], false), None, "today");
        assert_eq!(reason(days(9, 15), &room(10, false), &[], false), Some(Reason::InThePast));
        assert_eq!(reason(days(10, 15), &room(10, true), &[], false), Some(Reason::InThePast), "used today");
        assert_eq!(reason(days(11, 15), &room(10, true), &[], false), None, "from tomorrow");
        assert_eq!(reason(days(9, 15), &room(10, false), &[], true), Some(Reason::InThePast), "for nobody");
        assert_eq!(reason(days(10, 10), &room(10, false), &[], true), Some(Reason::EndBeforeStart));
        assert_eq!(
            reason(days(28, 30), &room(10, false), &[], true),
            Some(Reason::OutOfRange),
            "ended by then"
        );
        assert_eq!(reason(days(27, 30), &room(10, false), &[], false), None, "over the end");
        let later = Room { first: day(12), ..room(10, false) };
        assert_eq!(reason(days(11, 15), &later, &[], false), Some(Reason::InThePast), "before its first day");
    }

    #[test]
    fn the_allowance_holds_unless_staff_goes_beyond() {
        let now = room(1, false);
        assert_eq!(reason(days(10, 12), &now, &[], false), Some(Reason::NotAllowed), "2 days, at least 3");
        assert_eq!(reason(days(10, 24), &now, &[], false), None, "14 of 14");
        assert_eq!(reason(days(10, 25), &now, &[], false), Some(Reason::AllowanceUsed), "15 of 14");
        assert_eq!(reason(days(10, 25), &now, &[], true), None);
        // 10 days were asked for and 4 were frozen: 10 are left.
        let early = [made(2, 12, Some(6))];
        assert_eq!(reason(days(10, 20), &now, &early, false), None);
        let error = check(Some(&RULES), &early, days(10, 21), &now, false).expect_err("11 of 10");
        assert_eq!(error.details().get("days_left").map(String::as_str), Some("10"));
        let twice = [made(2, 5, None), made(6, 9, None)];
        assert_eq!(reason(days(10, 13), &now, &twice, false), Some(Reason::AllowanceUsed), "a third time");
        let called_off = [made(2, 5, None), made(6, 9, Some(6))];
        assert_eq!(
            reason(days(10, 13), &now, &called_off, false),
            None,
            "what was called off does not count"
        );
        let of_all = [made(2, 5, None), Freeze { free: true, ..made(6, 9, None) }];
        assert_eq!(reason(days(10, 13), &now, &of_all, false), None, "nor what the venue did to all");
        assert_eq!(
            check(None, &[], days(10, 13), &now, false).map_err(|e| e.reason()),
            Err(Reason::NotAllowed)
        );
        assert_eq!(check(None, &[], days(10, 13), &now, true), Ok(()));
    }

    #[test]
    fn a_freeze_has_ten_years_at_most_and_the_allowance_says_what_is_left() {
        let room = Room { end: None, ..room(1, false) };
        let long = |count: u64| Days {
            from: day(10),
            until: day(10).checked_add_days(chrono::Days::new(count)).expect("a date"),
        };
        assert_eq!((long(3660).count(), reason(long(3660), &room, &[], true)), (3660, None));
        let error = check(None, &[], long(3661), &room, true).expect_err("a day too long");
        assert_eq!((error.reason(), error.field_name()), (Reason::OutOfRange, Some("until")));
        // Two freezes of three and four days, and one of everybody that counts for nobody.
        let free = Freeze { free: true, ..made(20, 25, None) };
        let all = [made(2, 5, None), made(6, 10, None), made(12, 15, Some(12)), free];
        assert_eq!(counted(&all), (2, 7));
        // The plan was for one: none is left, and not less than none.
        let once = FreezeRules { times: Some(1), ..RULES };
        let error = check(Some(&once), &all, days(15, 18), &room, false).expect_err("twice already");
        assert_eq!(error.details().get("times_left").map(String::as_str), Some("0"));
        let few = FreezeRules { times: None, days: Some(5), ..RULES };
        let error = check(Some(&few), &all, days(15, 18), &room, false).expect_err("7 of 5 days");
        assert_eq!(error.details().get("days_left").map(String::as_str), Some("0"));
    }

    #[test]
    fn days_are_those_of_the_zone() {
        let zone: Zone = "Europe/Bucharest".parse().expect("a zone");
        let at = |text: &str| text.parse::<Instant>().expect("an instant");
        let first = Frozen { from: at("2026-06-03T00:00:00+03:00"), until: at("2026-06-05T00:00:00+03:00") };
        let second = Frozen { from: at("2026-06-10T00:00:00+03:00"), until: at("2026-06-12T00:00:00+03:00") };
        assert_eq!(days(3, 5).instants(zone), Ok(first));
        // In order, ended early where they were, and without what was called off.
        let all = [made(10, 20, Some(12)), made(7, 9, Some(7)), made(3, 5, None)];
        assert_eq!(stretches(&all, zone), Ok(vec![first, second]));
    }

    #[test]
    fn the_first_day_is_today_or_tomorrow_or_that_of_the_pass() {
        assert_eq!((room(10, false).earliest(), room(10, true).earliest()), (day(10), day(11)));
        let later = Room { first: day(12), ..room(10, true) };
        assert_eq!((later.earliest(), reason(days(12, 15), &later, &[], false)), (day(12), None));
        assert_eq!(reason(days(11, 15), &room(10, true), &[], false), None, "from tomorrow");
    }

    #[test]
    fn who_was_there_on_the_last_day_has_none_left_to_freeze() {
        let ends = |end| Room { end: Some(day(end)), ..room(10, true) };
        assert_eq!(ends(11).share(days(10, 20)), None);
        assert_eq!(ends(12).share(days(10, 20)), Some(days(11, 20)));
        assert_eq!(Room { used_today: false, ..ends(11) }.share(days(10, 20)), Some(days(10, 20)));
        assert_eq!(Room { end: None, ..ends(11) }.share(days(10, 11)), None);
        assert_eq!(ends(28).share(days(15, 20)), Some(days(15, 20)));
    }

    #[test]
    fn days_are_frozen_once() {
        let now = room(1, false);
        let other = [made(10, 15, None)];
        assert_eq!(reason(days(14, 20), &now, &other, true), Some(Reason::AlreadyExists));
        assert_eq!(reason(days(7, 11), &now, &other, true), Some(Reason::AlreadyExists));
        assert_eq!(reason(days(15, 20), &now, &other, false), None, "half-open");
        assert_eq!(reason(days(7, 10), &now, &other, false), None, "half-open before it too");
        assert_eq!(reason(days(12, 20), &now, &[made(10, 15, Some(12))], false), None, "ended early");
        assert_eq!(uncovered(&other, days(8, 20)), [days(8, 10), days(15, 20)]);
        assert_eq!(uncovered(&other, days(11, 14)), []);
        // No empty part before a freeze that begins with them, nor after one that ends with them.
        assert_eq!(uncovered(&other, days(10, 20)), [days(15, 20)]);
        assert_eq!(uncovered(&other, days(8, 15)), [days(8, 10)]);
        assert_eq!(uncovered(&[], days(11, 14)), [days(11, 14)]);
    }

    proptest! {
        /// A freeze of everybody freezes each day once, whatever was frozen before.
        #[test]
        fn what_is_uncovered_and_covered_is_all(
            spans in prop::collection::vec((1..28_u32, 1..28_u32), 0..4), from in 1..28_u32, length in 1..20_u32,
        ) {
            let mut there: Vec<Freeze> = Vec::new();
            for (a, b) in spans {
                let asked = Days { from: day(a.min(b)), until: day(a.max(b)) };
                if asked.count() > 0 && uncovered(&there, asked) == [asked] {
                    there.push(made(a.min(b), a.max(b), None));
                }
            }
            let asked = Days { from: day(from), until: day((from + length).min(30)) };
            let parts = uncovered(&there, asked);
            let mut date = asked.from;
            while date < asked.until {
                let by_parts = parts.iter().filter(|part| part.from <= date && date < part.until).count();
                let before = there.iter().filter_map(Freeze::days).any(|one| one.from <= date && date < one.until);
                prop_assert_eq!(by_parts, usize::from(!before));
                date = date.succ_opt().expect("a date");
            }
        }
    }
}
