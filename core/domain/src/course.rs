//! The course of a pass: how its value is earned over its days, and how its end moves.
//!
//! A change works forward only. What the old course gives until the end of the local day of the change stays as it
//! is, and the rest is spread in equal parts over the days that are left, frozen days left out.

use crate::calendar::{self, Zone};
use crate::error::{Reason, Result};
use crate::life::Frozen;
use crate::money::{Money, proportion};
use crate::pass::Pass;
use crate::plan::PlanTag;
use crate::time::Instant;
use chrono::Duration;

/// Over which days a value is earned.
#[derive(Debug, Clone, Copy)]
pub struct Course<'a> {
    /// The value, in minor units.
    pub value: i64,
    /// The first instant of the pass.
    pub starts: Instant,
    /// The instant at which it has ended.
    pub ends: Option<Instant>,
    /// When it is frozen, whole local days.
    pub frozen: &'a [Frozen],
    /// What was fixed by the last change, and until when that holds.
    pub fixed: Option<(i64, Instant)>,
}

impl Course<'_> {
    /// What is earned at an instant, in minor units: equal parts per local day, a day counted from its beginning.
    ///
    /// # Errors
    /// `overflow`, or `out_of_range` beyond the calendar.
    pub fn earned(&self, at: Instant, zone: Zone) -> Result<i64> {
        let (done, fixed_until) = self.fixed.unwrap_or((0, self.starts));
        let from = fixed_until.max(self.starts);
        let Some(end) = self.ends else {
            return Ok(if self.starts <= at { self.value } else { done });
        };
        if end <= at {
            return Ok(self.value);
        }
        if at <= from {
            return Ok(done);
        }
        let total = self.days(from, end, zone)?;
        if total == 0 {
            return Ok(done);
        }
        let rest = self.value.checked_sub(done).ok_or(Reason::Overflow)?;
        let part = proportion(rest, self.days(from, at, zone)?, total)?;
        done.checked_add(part).ok_or_else(|| Reason::Overflow.into())
    }

    /// The local days that have begun between two instants, frozen ones left out.
    fn days(&self, from: Instant, to: Instant, zone: Zone) -> Result<i64> {
        let mut days = i64::from(calendar::days_elapsed(zone, from, to)?);
        for frozen in self.frozen {
            let (begun, over) = (frozen.from.max(from), frozen.until.min(to));
            if begun < over {
                let out = calendar::days_total(zone, begun, over)?;
                days = days.checked_sub(out.into()).ok_or(Reason::Overflow)?;
            }
        }
        Ok(days)
    }
}

/// The end of the local day in which an instant lies.
///
/// # Errors
/// `out_of_range` beyond the calendar.
pub fn end_of_day(zone: Zone, at: Instant) -> Result<Instant> {
    let today = zone.date_of(at);
    let end = calendar::end_of_last_day(today, zone)?;
    if end > at {
        return Ok(end);
    }
    // Clocks went back over midnight: the next date has begun already.
    calendar::end_of_last_day(today.succ_opt().ok_or(Reason::OutOfRange)?, zone)
}

/// An instant moved by whole local days. The beginning of a day stays one, whatever the clocks do between.
///
/// # Errors
/// `out_of_range` beyond the calendar.
pub fn move_days(zone: Zone, instant: Instant, days: i64) -> Result<Instant> {
    let local = zone.local(instant);
    let by = Duration::try_days(days).ok_or(Reason::OutOfRange)?;
    let date = local.date().checked_add_signed(by).ok_or(Reason::OutOfRange)?;
    if zone.start_of(local.date())? == instant {
        zone.start_of(date)
    } else {
        zone.resolve(date.and_time(local.time()))
    }
}

impl Pass {
    /// Fixes what a time pass has earned until the end of the local day of a change, before the change is made.
    /// `closed` is when its venue last closed a day: what was posted then stays, though the change came late.
    ///
    /// # Errors
    /// `overflow`, or `out_of_range` beyond the calendar.
    pub fn fix_earned(&mut self, at: Instant, closed: Option<Instant>, zone: Zone) -> Result<()> {
        if self.kind != PlanTag::Time {
            return Ok(());
        }
        let until = end_of_day(zone, closed.map_or(at, |closed| closed.max(at)))?;
        let earned = self.earned_by_time(until, zone)?;
        self.recognised = Some(Money::new(earned, self.value.currency()));
        self.recognised_until = Some(until);
        Ok(())
    }

    /// Goes on from what the old course has earned, once this pass was changed, and returns what is to be posted with the
    /// change, in minor units: what no close has posted, of the old course or of an end that a close has seen already.
    ///
    /// # Errors
    /// `overflow`, or `out_of_range` beyond the calendar.
    pub fn go_on_from(
        &mut self,
        before: &Self,
        at: Instant,
        closed: Option<Instant>,
        zone: Zone,
    ) -> Result<i64> {
        if self.kind != PlanTag::Time {
            return Ok(0);
        }
        let mut fixed = before.clone();
        fixed.fix_earned(at, closed, zone)?;
        // An end that comes before the end of that day is where the rest is earned.
        let until = fixed.recognised_until;
        self.recognised_until = until.map(|until| self.ends.map_or(until, |end| end.min(until)));
        self.recognised = fixed.recognised;
        let posted = before.posted_by_time(closed, zone)?;
        self.posted_by_time(closed, zone)?.checked_sub(posted).ok_or_else(|| Reason::Overflow.into())
    }

    /// What was posted for a time pass by the closes so far, and by its changes.
    ///
    /// # Errors
    /// `overflow`, or `out_of_range` beyond the calendar.
    pub fn posted_by_time(&self, closed: Option<Instant>, zone: Zone) -> Result<i64> {
        self.earned_by_time(closed.unwrap_or(Instant::MIN), zone)
    }

    /// Moves the end, if there is one, by whole local days.
    ///
    /// # Errors
    /// `out_of_range` beyond the calendar.
    pub fn move_end(&mut self, days: i64, zone: Zone) -> Result<()> {
        self.ends = self.ends.map(|end| move_days(zone, end, days)).transpose()?;
        Ok(())
    }
}

#[cfg(test)]
#[expect(clippy::arithmetic_side_effects, reason = "a test that overflows fails, as it should")]
mod tests {
    use super::*;
    use crate::time::Date;
    use proptest::prelude::*;

    fn zone() -> Zone {
        "Europe/Bucharest".parse().expect("a zone")
    }

    fn day(text: &str) -> Date {
        text.parse().expect("a date")
    }

    fn start(text: &str) -> Instant {
        zone().start_of(day(text)).expect("in range")
    }

    fn frozen(from: &str, until: &str) -> Frozen {
        Frozen { from: start(from), until: start(until) }
    }

    #[test]
    fn frozen_days_earn_nothing() {
        // 31.00 over 1 to 31 January, frozen 10 to 19: the end is 11 February 00:00, 31 days pay.
        let stretch = [frozen("2026-01-10", "2026-01-20")];
        let course = Course {
            value: 3100,
            starts: start("2026-01-01"),
            ends: Some(start("2026-02-11")),
            frozen: &stretch,
            fixed: None,
        };
        for (at, earned) in [
            ("2026-01-01", 0),
            ("2026-01-02", 100),
            ("2026-01-10", 900),
            ("2026-01-15", 900),
            ("2026-01-20", 900),
            ("2026-01-21", 1000),
            ("2026-02-10", 3000),
            ("2026-02-11", 3100),
            ("2026-03-01", 3100),
        ] {
            assert_eq!(course.earned(start(at), zone()), Ok(earned), "{at}");
        }
        let noon = start("2026-01-20").plus_micros(12 * 3_600_000_000).expect("in range");
        assert_eq!(course.earned(noon, zone()), Ok(1000), "a day counts from its beginning");
    }

    #[test]
    fn what_was_fixed_stays_and_the_rest_is_spread() {
        // 30.00 over 30 days from 1 April. On the 10th, 10.00 are fixed and the end moves from 1 to 11 May: 20.00 over
        // the 30 days that are left are 66.67 cents a day, 67 after the first, 133 after the second.
        let course = Course {
            value: 3000,
            starts: start("2026-04-01"),
            ends: Some(start("2026-05-11")),
            frozen: &[],
            fixed: Some((1000, start("2026-04-11"))),
        };
        for (at, earned) in [
            ("2026-04-10", 1000),
            ("2026-04-11", 1000),
            ("2026-04-12", 1067),
            ("2026-04-13", 1133),
            ("2026-04-14", 1200),
            ("2026-05-11", 3000),
        ] {
            assert_eq!(course.earned(start(at), zone()), Ok(earned), "{at}");
        }
    }

    #[test]
    fn a_midnight_moves_to_a_midnight() {
        // 29 March 2026 has 23 hours in Bucharest: midnight to midnight all the same.
        assert_eq!(move_days(zone(), start("2026-03-25"), 10), Ok(start("2026-04-04")));
        assert_eq!(move_days(zone(), start("2026-04-04"), -10), Ok(start("2026-03-25")));
        let noon = start("2026-03-25").plus_micros(12 * 3_600_000_000).expect("in range");
        let moved = move_days(zone(), noon, 10).expect("in range");
        assert_eq!(zone().local(moved).to_string(), "2026-04-04 12:00:00");
        // In Beirut midnight of 29 March 2026 does not exist; the day begins at one, and the end goes on to midnight.
        let beirut: Zone = "Asia/Beirut".parse().expect("a zone");
        let skipped = beirut.start_of(day("2026-03-29")).expect("in range");
        assert_eq!(move_days(beirut, skipped, 1), beirut.start_of(day("2026-03-30")));
        assert_eq!(end_of_day(beirut, skipped), beirut.start_of(day("2026-03-30")));
        assert_eq!(end_of_day(zone(), noon), Ok(start("2026-03-26")));
    }

    #[test]
    fn a_value_without_an_end_is_earned_with_its_start_and_one_that_is_all_frozen_waits_for_its_end() {
        let (starts, end) = (start("2026-04-01"), start("2026-04-11"));
        let for_ever = Course { value: 900, starts, ends: None, frozen: &[], fixed: None };
        let before = starts.plus_micros(-1).expect("in range");
        assert_eq!((for_ever.earned(before, zone()), for_ever.earned(starts, zone())), (Ok(0), Ok(900)));
        let handed = Course { fixed: Some((200, starts)), ..for_ever };
        assert_eq!((handed.earned(before, zone()), handed.earned(starts, zone())), (Ok(200), Ok(900)));
        // Frozen on every day that is left: nothing more until the end, and then all of it.
        let all = [frozen("2026-04-03", "2026-04-11")];
        let waits =
            Course { ends: Some(end), frozen: &all, fixed: Some((180, start("2026-04-03"))), ..for_ever };
        assert_eq!(waits.earned(start("2026-04-10"), zone()), Ok(180));
        assert_eq!(waits.earned(end, zone()), Ok(900));
        // What was fixed until the very end: at the end the rest is earned, and not before.
        let to_the_end = Course { ends: Some(end), fixed: Some((180, end)), ..for_ever };
        let just_before = end.plus_micros(-1).expect("in range");
        assert_eq!(
            (to_the_end.earned(just_before, zone()), to_the_end.earned(end, zone())),
            (Ok(180), Ok(900))
        );
    }

    #[test]
    fn where_clocks_go_back_over_midnight_the_day_ends_with_its_second_run() {
        // St. John's, 7 November 2010: at 00:01 it was 23:01 of the 6th again. The 7th had begun, and ends on the 8th.
        let zone: Zone = "America/St_Johns".parse().expect("a zone");
        let again: Instant = "2010-11-06T23:30:00-03:30".parse().expect("an instant");
        assert_eq!(end_of_day(zone, again), Ok("2010-11-08T00:00:00-03:30".parse().expect("an instant")));
        let first: Instant = "2010-11-06T23:30:00-02:30".parse().expect("an instant");
        assert_eq!(end_of_day(zone, first), Ok("2010-11-07T00:00:00-02:30".parse().expect("an instant")));
    }

    #[test]
    fn the_end_of_a_pass_moves_and_only_time_has_a_course() {
        let mut pass = time_pass(1000, 10);
        assert_eq!(pass.ends, Some(start("2026-01-11")));
        pass.move_end(20, zone()).expect("in range");
        assert_eq!(pass.ends, Some(start("2026-01-31")));
        pass.move_end(-5, zone()).expect("in range");
        assert_eq!(pass.ends, Some(start("2026-01-26")));
        pass.ends = None;
        pass.move_end(20, zone()).expect("in range");
        assert_eq!(pass.ends, None, "what never ends stays so");
        let visits = Pass { kind: PlanTag::Visits, ..time_pass(1000, 10) };
        let mut changed = visits.clone();
        changed.fix_earned(start("2026-01-05"), None, zone()).expect("fits");
        assert_eq!(changed, visits, "visits are earned use by use");
        changed.move_end(5, zone()).expect("in range");
        let moved = changed.clone();
        assert_eq!(changed.go_on_from(&visits, start("2026-01-05"), None, zone()), Ok(0));
        assert_eq!(changed, moved);
    }

    fn time_pass(value: i64, days: i64) -> Pass {
        let eur = "EUR".parse().expect("a currency");
        let money = |minor| serde_json::json!({"amount": Money::new(minor, eur).amount().to_string(), "currency": "EUR"});
        let ends = move_days(zone(), start("2026-01-01"), days).expect("in range");
        serde_json::from_value(serde_json::json!({
            "pass": 1, "version": 1, "client": 1, "plan": 1, "venue": 1, "kind": "time", "name": null, "priority": 0,
            "sold": start("2026-01-01"), "starts": start("2026-01-01"), "latest_start": null, "ends": ends,
            "validity": null, "status": "open", "closed": null, "price": money(value), "value": money(value), "tax": "0",
            "account": null, "services": [], "categories": [], "venues": [], "external_ids": []
        }))
        .expect("a pass")
    }

    #[test]
    fn a_change_that_comes_late_takes_nothing_back_from_a_close() {
        // 10.00 over 1 to 10 January. The close of the 6th posted 6.00; a change of the 3rd comes after it.
        let mut pass = time_pass(1000, 10);
        let hour = |date: &str| start(date).plus_micros(22 * 3_600_000_000).expect("in range");
        let closed = Some(hour("2026-01-06"));
        assert_eq!(pass.posted_by_time(closed, zone()), Ok(600));
        pass.fix_earned(hour("2026-01-03"), closed, zone()).expect("fits");
        assert_eq!(pass.recognised.map(Money::minor), Some(600));
        assert_eq!(pass.recognised_until, Some(start("2026-01-07")));
        assert_eq!(pass.posted_by_time(closed, zone()), Ok(600));
        assert_eq!(pass.posted_by_time(None, zone()), Ok(600), "what was fixed was posted with the change");
    }

    proptest! {
        /// Whatever happens to its course, what closes and changes post adds up to the value and never goes down.
        #[test]
        fn a_changed_course_adds_up(
            value in 0..1_000_000_i64,
            days in 1..200_i64,
            steps in prop::collection::vec((0..6_u8, 0..30_i64, 1..40_i64, 0..24_i64), 0..25),
        ) {
            let mut pass = time_pass(value, days);
            let (mut at, mut closed, mut sum) = (start("2026-01-01"), None, 0);
            for (what, ahead, length, hour) in steps {
                at = move_days(zone(), at, ahead).expect("in range").plus_micros(hour * 3_600_000_000).expect("in range");
                if what == 0 {
                    let earned = pass.earned_by_time(at, zone()).expect("fits");
                    let part = earned - pass.posted_by_time(closed, zone()).expect("fits");
                    prop_assert!(part >= 0, "a close never takes back");
                    (sum, closed) = (sum + part, Some(at));
                    continue;
                }
                let before = pass.clone();
                let today = zone().start_of(zone().date_of(at)).expect("in range");
                let last = pass.frozen.last().map_or(today, |one| one.until.max(today));
                match what {
                    1 | 2 if pass.ends.is_some_and(|end| last < end) => {
                        let until = move_days(zone(), last, length).expect("in range");
                        pass.frozen.push(Frozen { from: last, until });
                        pass.move_end(length, zone()).expect("in range");
                    }
                    3 => if let Some(one) = pass.frozen.last().copied().filter(|one| one.until > today) {
                        let ended = one.from.max(today);
                        let back = calendar::days_elapsed(zone(), ended, one.until).expect("fits");
                        pass.frozen.pop();
                        if ended > one.from { pass.frozen.push(Frozen { until: ended, ..one }); }
                        pass.move_end(-i64::from(back), zone()).expect("in range");
                    },
                    4 => pass.move_end(length, zone()).expect("in range"),
                    _ => {
                        let soonest = end_of_day(zone(), at).expect("in range");
                        let asked = move_days(zone(), soonest, ahead).expect("in range");
                        pass.ends = Some(asked);
                    }
                }
                // A change may come late, after a close of the two days that follow.
                let late = move_days(zone(), at, length % 3).expect("in range");
                if length % 5 == 0 && closed.is_none_or(|closed| closed < late) {
                    sum += before.earned_by_time(late, zone()).expect("fits")
                        - before.posted_by_time(closed, zone()).expect("fits");
                    closed = Some(late);
                }
                let part = pass.go_on_from(&before, at, closed, zone()).expect("fits");
                prop_assert!(part >= 0, "a change never takes back");
                sum += part;
                at = closed.map_or(at, |closed| closed.max(at));
            }
            let over = pass.ends.expect("an end").max(at);
            let earned = pass.earned_by_time(over, zone()).expect("fits");
            let part = earned - pass.posted_by_time(closed, zone()).expect("fits");
            prop_assert!(part >= 0);
            prop_assert_eq!(sum + part, value);
        }
    }
}
