//! Whether the rules of a pass allow a use: for whom, where, at what hour, and how often.
//!
//! The limits count by the instant of the service: a day from midnight to midnight of the venue, a week from Monday
//! on, a month of the calendar. The engine counts ([`Counted`]) within the windows that [`Windows`] names.

use crate::calendar::{self, Zone};
use crate::client::Sex;
use crate::decision::DenyReason;
use crate::error::{Reason, Result};
use crate::ids::ZoneId;
use crate::time::{Date, Instant, SECOND};
use crate::usage::{TimeOfDay, UseRules, Weekday, WeeklyHours};
use chrono::{Datelike, Days, Months, NaiveTime};

/// Of whom, where and when a use is judged.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Setting {
    /// The calendar of the venue.
    pub zone: Zone,
    /// The zone of the venue that is entered.
    pub place: ZoneId,
    /// The sex of the client.
    pub sex: Option<Sex>,
    /// The birth date of the client.
    pub birth_date: Option<Date>,
    /// When the service is rendered.
    pub at: Instant,
    /// For how many uses it counts.
    pub quantity: i64,
}

/// A rule that speaks against a use, and when it stops speaking if that is known.
pub type Spoken = (DenyReason, Option<Instant>);

/// The stretches of time in which the uses of a pass are counted, half-open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Windows {
    /// The day of the venue.
    pub day: (Instant, Instant),
    /// From Monday on.
    pub week: (Instant, Instant),
    /// The month of the calendar.
    pub month: (Instant, Instant),
}

impl Windows {
    /// Those that hold an instant.
    ///
    /// # Errors
    /// `out_of_range` at the end of time.
    pub fn around(at: Instant, zone: Zone) -> Result<Self> {
        let today = zone.day_begun(at)?;
        let monday = today.checked_sub_days(Days::new(today.weekday().num_days_from_monday().into()));
        let first = today.with_day(1);
        let span = |from: Option<Date>, until: &dyn Fn(Date) -> Option<Date>| {
            let from = from.ok_or(Reason::OutOfRange)?;
            let until = until(from).ok_or(Reason::OutOfRange)?;
            Ok::<_, crate::error::Error>((zone.start_of(from)?, zone.start_of(until)?))
        };
        Ok(Self {
            day: span(Some(today), &|day| day.succ_opt())?,
            week: span(monday, &|day| day.checked_add_days(Days::new(7)))?,
            month: span(first, &|day| day.checked_add_months(Months::new(1)))?,
        })
    }
}

/// How often a pass was used around an instant. Reversed uses do not count.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counted {
    /// On the day.
    pub day: i64,
    /// In the week.
    pub week: i64,
    /// In the month.
    pub month: i64,
    /// In all.
    pub all: i64,
    /// The last use not after the instant.
    pub before: Option<Instant>,
    /// The first use after it.
    pub after: Option<Instant>,
}

impl Counted {
    /// Counts single uses around an instant.
    #[must_use]
    pub fn of(uses: &[Instant], windows: &Windows, at: Instant) -> Self {
        let within = |(from, until): (Instant, Instant)| {
            let count = uses.iter().filter(|one| from <= **one && **one < until).count();
            i64::try_from(count).unwrap_or(i64::MAX)
        };
        Self {
            day: within(windows.day),
            week: within(windows.week),
            month: within(windows.month),
            all: i64::try_from(uses.len()).unwrap_or(i64::MAX),
            before: uses.iter().copied().filter(|one| *one <= at).max(),
            after: uses.iter().copied().filter(|one| *one > at).min(),
        }
    }
}

impl UseRules {
    /// Every one of these rules that speaks against a use. `counted` must be there where the rules count.
    ///
    /// # Errors
    /// `out_of_range` at the end of time.
    pub fn speak(&self, setting: &Setting, counted: Option<&Counted>) -> Result<Vec<Spoken>> {
        let mut spoken = Vec::new();
        if !self.zones.is_empty() && !self.zones.contains(&setting.place) {
            spoken.push((DenyReason::ZoneNotCovered, None));
        }
        match (self.sex, setting.sex) {
            (Some(_), None) => spoken.push((DenyReason::SexUnknown, None)),
            (Some(needed), Some(sex)) if needed != sex => spoken.push((DenyReason::WrongSex, None)),
            _ => {}
        }
        if self.has_ages() {
            spoken.extend(self.age(setting)?);
        }
        if !self.hours.is_empty() {
            spoken.extend(self.outside_hours(setting)?);
        }
        if self.counts() {
            let nothing = Counted::default();
            spoken.extend(self.limits(setting, counted.unwrap_or(&nothing))?);
        }
        Ok(spoken)
    }

    fn age(&self, setting: &Setting) -> Result<Option<Spoken>> {
        let Some(birth) = setting.birth_date else { return Ok(Some((DenyReason::AgeUnknown, None))) };
        let today = setting.zone.date_of(setting.at);
        // Who is not born yet is younger than any age.
        let age = calendar::age_on(birth, today).map_or(-1, i64::from);
        if let Some(min) = self.min_age.filter(|min| age < i64::from(*min)) {
            let birthday = calendar::birthday_in(birth, birth.year().saturating_add(min))?;
            return Ok(Some((DenyReason::TooYoung, Some(setting.zone.start_of(birthday)?))));
        }
        Ok(self.max_age.filter(|max| age > i64::from(*max)).map(|_| (DenyReason::TooOld, None)))
    }

    /// Looks at what begins from the day before, whose hours may reach over midnight, until a week from now, when
    /// everything begins again. A day more on each side: clocks may go over midnight.
    fn outside_hours(&self, setting: &Setting) -> Result<Option<Spoken>> {
        let Setting { zone, at, .. } = *setting;
        let first = zone.date_of(at).checked_sub_days(Days::new(2)).ok_or(Reason::OutOfRange)?;
        let mut next: Option<Instant> = None;
        for date in first.iter_days().take(12) {
            for hours in &self.hours {
                let Some((from, until)) = hours.on(date, zone)? else { continue };
                if from <= at && at < until {
                    return Ok(None);
                }
                if from > at && until > from {
                    next = Some(next.map_or(from, |next| next.min(from)));
                }
            }
        }
        Ok(Some((DenyReason::OutsideHours, next)))
    }

    fn limits(&self, setting: &Setting, counted: &Counted) -> Result<Vec<Spoken>> {
        let windows = Windows::around(setting.at, setting.zone)?;
        let used_up = |limit: Option<i32>, used: i64| {
            limit.is_some_and(|limit| used.saturating_add(setting.quantity) > i64::from(limit))
        };
        let mut spoken = Vec::new();
        // A single use that is more than the limit never fits: then no period to come helps.
        let until = |limit: Option<i32>, end: Instant| {
            limit.is_some_and(|limit| setting.quantity <= i64::from(limit)).then_some(end)
        };
        if used_up(self.per_day, counted.day) {
            spoken.push((DenyReason::DayLimit, until(self.per_day, windows.day.1)));
        }
        if used_up(self.per_week, counted.week) {
            spoken.push((DenyReason::WeekLimit, until(self.per_week, windows.week.1)));
        }
        if used_up(self.per_month, counted.month) {
            spoken.push((DenyReason::MonthLimit, until(self.per_month, windows.month.1)));
        }
        if used_up(self.in_all, counted.all) {
            spoken.push((DenyReason::UseLimit, None));
        }
        if let Some(gap) = self.gap_minutes {
            spoken.extend(too_soon(i64::from(gap).saturating_mul(60 * SECOND), setting.at, counted)?);
        }
        Ok(spoken)
    }
}

/// The gap holds both ways: a booking to come keeps its distance too.
fn too_soon(gap: i64, at: Instant, counted: &Counted) -> Result<Option<Spoken>> {
    let near = |other: Instant| at.micros().abs_diff(other.micros()) < gap.unsigned_abs();
    let last = counted.after.filter(|use_| near(*use_)).or(counted.before.filter(|use_| near(*use_)));
    last.map(|last| Ok((DenyReason::TooSoon, Some(last.plus_micros(gap)?)))).transpose()
}

impl WeeklyHours {
    /// These hours as they begin on a date: from the first to the second instant. None where they do not, or the zone
    /// has no such date.
    fn on(&self, date: Date, zone: Zone) -> Result<Option<(Instant, Instant)>> {
        let today = Weekday::of(date);
        if !self.days.is_empty() && !self.days.contains(&today) {
            return Ok(None);
        }
        if zone.date_of(zone.start_of(date)?) != date {
            return Ok(None);
        }
        let over_midnight = self.until <= self.from;
        let last = if over_midnight { date.succ_opt().ok_or(Reason::OutOfRange)? } else { date };
        Ok(Some((resolve(zone, date, self.from)?, resolve(zone, last, self.until)?)))
    }
}

fn resolve(zone: Zone, date: Date, time: TimeOfDay) -> Result<Instant> {
    if time.minutes() == TimeOfDay::DAY {
        return zone.start_of(date.succ_opt().ok_or(Reason::OutOfRange)?);
    }
    let seconds = u32::from(time.minutes()).saturating_mul(60);
    let clock = NaiveTime::from_num_seconds_from_midnight_opt(seconds, 0).ok_or(Reason::OutOfRange)?;
    zone.resolve(date.and_time(clock))
}

impl Weekday {
    /// The day of the week of a date.
    #[must_use]
    pub fn of(date: Date) -> Self {
        match date.weekday() {
            chrono::Weekday::Mon => Self::Monday,
            chrono::Weekday::Tue => Self::Tuesday,
            chrono::Weekday::Wed => Self::Wednesday,
            chrono::Weekday::Thu => Self::Thursday,
            chrono::Weekday::Fri => Self::Friday,
            chrono::Weekday::Sat => Self::Saturday,
            chrono::Weekday::Sun => Self::Sunday,
        }
    }
}

#[cfg(test)]
#[expect(clippy::arithmetic_side_effects, reason = "a test that overflows fails, as it should")]
mod tests;
